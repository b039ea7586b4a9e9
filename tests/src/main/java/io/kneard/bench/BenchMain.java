package io.kneard.bench;

import java.util.List;
import java.util.stream.Stream;

/** The program behind {@code tests/bench}. */
public final class BenchMain {
  private static final int ROUNDS = 10;
  private static final int MINUTES = 10;
  private static final int STARTS = 10;
  private static final int STORED = 10_000;
  private static final int FORMED = 100;

  private BenchMain() {}

  /**
   * The first argument is {@code all}, {@code gaps}, {@code cluster}, {@code mesh} or {@code
   * daemon-footprint}; the others are as the script of that name says. Exit status: 0, 1 if two
   * ever signed at once, 2 wrong arguments.
   */
  public static void main(String[] args) throws Exception {
    int status;
    try {
      status = run(args[0], List.of(args).subList(1, args.length).toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "; see --help");
      status = 2;
    }
    System.exit(status);
  }

  private static int run(String bench, String... args) throws Exception {
    switch (bench) {
      case "gaps" -> {
        int rounds = Counts.at(args, 0, "ROUNDS", ROUNDS);
        List<Fault> faults = Stream.of(args).skip(1).map(Fault::named).toList();
        return gaps(rounds, faults.isEmpty() ? List.of(Fault.values()) : faults);
      }
      case "daemon-footprint" -> {
        refuseMore(args, 2);
        footprint(Counts.at(args, 0, "MINUTES", MINUTES), Counts.at(args, 1, "STARTS", STARTS));
        return 0;
      }
      case "mesh" -> {
        refuseMore(args, 2);
        MeshBench.print(Counts.at(args, 0, "STORED", STORED), Counts.at(args, 1, "FORMED", FORMED));
        return 0;
      }
      case "cluster" -> {
        refuseMore(args, 2);
        ClusterBench.print(
            Counts.at(args, 0, "ROUNDS", ROUNDS),
            Counts.at(args, 1, "MINUTES", MINUTES),
            System.out);
        return 0;
      }
      case "all" -> {
        refuseMore(args, 2);
        int rounds = Counts.at(args, 0, "ROUNDS", ROUNDS);
        int minutes = Counts.at(args, 1, "MINUTES", MINUTES);
        int status = gaps(rounds, List.of(Fault.values()));
        footprint(minutes, rounds);
        System.out.println();
        ClusterBench.print(rounds, minutes, System.out);
        System.out.println();
        MeshBench.print(STORED, FORMED);
        return status;
      }
      default -> throw new IllegalArgumentException(bench + ": no such bench");
    }
  }

  private static void refuseMore(String[] args, int most) {
    if (args.length > most) {
      throw new IllegalArgumentException(args[most] + ": one argument too many");
    }
  }

  private static int gaps(int rounds, List<Fault> faults) throws Exception {
    boolean oneSigner = new GapReport(rounds, System.out).print(faults);
    return oneSigner ? 0 : 1;
  }

  private static void footprint(int minutes, int starts) throws Exception {
    System.out.println();
    FootprintBench.print(minutes, starts);
  }
}

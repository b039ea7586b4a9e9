package io.kneard.simulation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code tests/simulate}: exit status 0 all held, 1 something did not, 2 wrong arguments. */
public final class SimulateMain {
  private static final int FAILED = 1;
  private static final int MISUSE = 2;

  private SimulateMain() {}

  public static void main(String[] line) throws InterruptedException {
    Arguments arguments;
    try {
      arguments = Arguments.parse(List.of(line));
    } catch (IllegalArgumentException e) {
      System.err.println("simulate: " + e.getMessage());
      System.err.print(Arguments.USAGE);
      System.exit(MISUSE);
      return;
    }
    Locale.setDefault(Locale.ROOT);
    boolean held =
        arguments.replay().isPresent()
            ? replay(arguments, arguments.replay().get())
            : arguments.mutants() ? mutants(arguments) : search(arguments);
    System.exit(held ? 0 : FAILED);
  }

  private static boolean search(Arguments arguments) throws InterruptedException {
    long begin = System.nanoTime();
    Tally tally =
        new Search(arguments.config(), arguments.without())
            .all(arguments.seed(), arguments.schedules());
    System.out.print(tally.text());
    if (tally.first() != null && arguments.config() != Config.ORIGINAL) {
      System.out.println("the first schedule that failed, with as few faults as possible:");
      show(Shrink.of(tally.first(), Search.measures(arguments.without())), arguments.without());
    }
    System.out.printf(
        "schedules=%d violations=%d seed=%d seconds=%.1f%n",
        tally.schedules(), tally.violations(), arguments.seed(), (System.nanoTime() - begin) / 1e9);
    return tally.violations() == 0;
  }

  private static boolean replay(Arguments arguments, long seed) {
    Measures measures = Search.measures(arguments.without());
    Schedule schedule = Schedule.of(seed, arguments.config());
    boolean held = show(schedule, arguments.without());
    if (!held && arguments.config() != Config.ORIGINAL) {
      System.out.println("the same with as few faults as possible:");
      show(Shrink.of(schedule, measures), arguments.without());
    }
    return held;
  }

  private static boolean show(Schedule schedule, Optional<Mutant> without) {
    Trace trace = new Trace();
    Outcome outcome = World.play(schedule, Search.measures(without), trace);
    System.out.printf("seed %d, faults:%n", schedule.seed());
    schedule.faults().forEach(fault -> System.out.println("  " + fault.text()));
    trace.lines().forEach(System.out::println);
    System.out.println(outcome.clean() ? "everything held" : "FAILED: " + outcome.detail());
    return outcome.clean();
  }

  private static boolean mutants(Arguments arguments) throws InterruptedException {
    int killed = 0;
    for (Mutant mutant : Mutant.values()) {
      Search search = new Search(arguments.config(), Optional.of(mutant));
      Tally tally = search.untilOneFails(arguments.seed(), arguments.schedules());
      if (tally.first() == null) {
        System.out.printf("SURVIVED  %s (%s)%n", mutant.title(), mutant.text);
      } else {
        killed++;
        Outcome outcome = World.play(tally.first(), Measures.without(mutant), null);
        System.out.printf(
            "killed  %s (%s) by seed %d, schedule %d: %s%n",
            mutant.title(),
            mutant.text,
            tally.first().seed(),
            tally.first().seed() - arguments.seed() + 1,
            outcome.detail());
      }
    }
    System.out.printf("mutants=%d killed=%d%n", Mutant.values().length, killed);
    return killed == Mutant.values().length;
  }
}

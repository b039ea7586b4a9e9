package io.kneard.mesh;

import io.kneard.testbed.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code tests/mesh-check}: looks for a way to break a mesh. */
public final class MeshCheckMain {
  private static final int VIOLATIONS_SHOWN = 10;

  private int members = 4;
  private int walks = 1000;
  private long seed = 1;
  private boolean mutants;

  private MeshCheckMain() {}

  public static void main(String[] args) throws IOException {
    MeshCheckMain main = new MeshCheckMain();
    try {
      main.read(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println("mesh-check: " + e.getMessage());
      System.exit(2);
    }
    System.exit(main.mutants ? main.mutants() : main.search());
  }

  private void read(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      switch (args.get(i)) {
        case "--mutants" -> mutants = true;
        case "--members" -> members = number(args, ++i, 1, 8);
        case "--random" -> walks = number(args, ++i, 0, 100_000_000);
        case "--seed" -> seed = number(args, ++i, 0, Integer.MAX_VALUE);
        default -> throw new IllegalArgumentException("unknown option " + args.get(i));
      }
    }
  }

  private static int number(List<String> args, int index, int least, int most) {
    String option = args.get(index - 1);
    if (index >= args.size() || !args.get(index).matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(option + ": a number is wanted");
    }
    int value = Integer.parseInt(args.get(index));
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s %d: has to be in %d..%d".formatted(option, value, least, most));
    }
    return value;
  }

  private int search() {
    MeshSearch search = new MeshSearch(false);
    for (Habitat habitat : Habitat.values()) {
      search.orders(habitat.cases(members));
    }
    search.random(walks, seed);
    List<String> violations = search.violations();
    violations.stream().limit(VIOLATIONS_SHOWN).forEach(System.out::println);
    System.out.printf(
        "states=%d transitions=%d violations=%d%n",
        search.states(), search.transitions(), violations.size());
    return violations.isEmpty() ? 0 : 1;
  }

  private int mutants() throws IOException {
    Path sources = Checkout.root().resolve("daemon/src/main/java/io/kneard/datamesh");
    Path folder = Files.createTempDirectory("kneard-mutants");
    int killed = 0;
    try {
      Laboratory laboratory = new Laboratory(sources, folder);
      for (Mutant mutant : Mutant.ALL) {
        long begin = System.nanoTime();
        String how = laboratory.firstViolation(mutant);
        killed += how.isEmpty() ? 0 : 1;
        System.out.printf(
            "%s: %s (%d ms)%n",
            mutant.name(),
            how.isEmpty() ? "NOT FOUND OUT" : shortened(how),
            Duration.ofNanos(System.nanoTime() - begin).toMillis());
      }
    } finally {
      remove(folder);
    }
    System.out.printf("mutants=%d killed=%d%n", Mutant.ALL.size(), killed);
    return killed == Mutant.ALL.size() ? 0 : 1;
  }

  private static String shortened(String how) {
    return how.length() > 160 ? how.substring(0, 160) + "…" : how;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}

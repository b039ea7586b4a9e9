package io.kneard.daemon;

import io.kneard.testbed.Scratch;
import java.time.Duration;

/** The program behind {@code tests/mesh-check --crashes}. */
public final class MeshCrashesMain {
  private static final Duration LIMIT = Duration.ofMinutes(60);

  /** Clusters of three hosts each; to make one costs as much as several lives. */
  private static final int AT_ONCE = 3;

  /** With fewer crashes than one after every so many things, one cluster is enough. */
  private static final int FEW = 10;

  private MeshCrashesMain() {}

  public static void main(String[] args) throws Exception {
    int every = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    int atOnce = every > FEW ? 1 : AT_ONCE;
    MeshCrashes.Found found;
    try (Scratch scratch = Scratch.create("crashes")) {
      found = new MeshCrashes(scratch.folder(), every, LIMIT, System.out::println).search(atOnce);
    }
    found.violations().forEach(System.out::println);
    System.out.printf(
        "states=%d transitions=%d violations=%d%n",
        found.crashes(), found.things(), found.violations().size());
    System.exit(found.violations().isEmpty() ? 0 : 1);
  }
}

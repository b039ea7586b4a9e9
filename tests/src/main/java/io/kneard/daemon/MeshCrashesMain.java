package io.kneard.daemon;

import io.kneard.testbed.Scratch;
import java.util.ArrayList;
import java.util.List;

/** The program behind {@code tests/mesh-check --crashes}. */
public final class MeshCrashesMain {
  private MeshCrashesMain() {}

  public static void main(String[] args) throws Exception {
    int every = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    List<String> violations;
    int crashes = 0;
    try (Scratch scratch = Scratch.create("crashes");
        MeshCluster cluster = new MeshCluster(scratch.folder(), "a", "b", "c")) {
      MeshCrashes lives = new MeshCrashes(cluster, 1);
      int things = lives.things();
      List<Integer> points = new ArrayList<>();
      for (int point = 0; point < things; point += every) {
        points.add(point);
      }
      violations = lives.violations(points);
      crashes = points.size() * MeshCrash.Who.values().length;
    }
    violations.forEach(System.out::println);
    System.out.printf("crashes=%d violations=%d%n", crashes, violations.size());
    System.exit(violations.isEmpty() ? 0 : 1);
  }
}

package io.kneard.datamesh.intent;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Things that happen at random to a volume and its hosts. */
final class Happenings {
  private static final int[][] LAYOUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {1, 2}, {2, 1}, {2, 2}};

  private Happenings() {}

  static World start(Random random) {
    World world = new World(configuration(random));
    int hosts = 3 + random.nextInt(6);
    for (int i = 1; i <= hosts; i++) {
      world.host("n" + i, "z" + i % 3);
    }
    world.rest();
    return world;
  }

  private static Configuration configuration(Random random) {
    int[] ftt = LAYOUTS[random.nextInt(LAYOUTS.length)];
    return new Configuration(
        ftt[0],
        ftt[1],
        any(random, Topology.values()),
        any(random, VolumeAccess.values()),
        1 + random.nextInt(2));
  }

  @SafeVarargs
  private static <T> T any(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }

  /** Lets one thing happen, and says which. */
  static String next(World world, Random random) {
    String node = "n" + (1 + random.nextInt(world.sites.size()));
    switch (random.nextInt(10)) {
      case 0 -> {
        world.crash(node);
        return "crash " + node;
      }
      case 1, 2 -> {
        world.start(node);
        return "start " + node;
      }
      case 3 -> {
        boolean drained = random.nextInt(3) == 0;
        world.drain(node, drained);
        return (drained ? "drain " : "undrain ") + node;
      }
      case 4 -> {
        world.goal(configuration(random));
        return "want " + world.wish.goal();
      }
      case 5 -> {
        world.use(node);
        return "use " + node;
      }
      case 6 -> {
        world.stopUsing(node);
        return "stop using " + node;
      }
      case 7 -> {
        Duration time = Duration.ofMinutes(random.nextInt(40));
        world.pass(time);
        return "wait " + time;
      }
      default -> {
        return administer(world, random, node);
      }
    }
  }

  private static String administer(World world, Random random, String node) {
    List<MemberType> types = List.of(MemberType.DISKFUL, MemberType.TIE_BREAKER, MemberType.ACCESS);
    MemberType type = types.get(random.nextInt(types.size()));
    Administrator administrator = new Administrator(world.scene());
    int replica = random.nextInt(5);
    Administrator.Answer answer =
        switch (random.nextInt(3)) {
          case 0 -> administrator.add(node, type, Optional.empty());
          case 1 -> administrator.setType(replica, type, Optional.empty());
          default -> administrator.delete(replica, random.nextInt(4) == 0);
        };
    if (answer instanceof Administrator.Answer.Accepted) {
      world.edit(answer);
    }
    return answer.toString();
  }
}

package io.kneard.mesh;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A mesh of up to eight members to which things happen at random. */
final class Walk {
  private static final int MOVES = 120;
  private static final int[][] LAYOUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {1, 2}, {2, 1}, {2, 2}};
  private static final List<MemberType> TYPES =
      List.of(
          MemberType.DISKFUL,
          MemberType.DISKFUL,
          MemberType.TIE_BREAKER,
          MemberType.ACCESS,
          MemberType.SHADOW_DISKFUL);

  private final Random random;
  private final MeshWorld world;
  private final List<Move> moves = new ArrayList<>();

  Walk(long seed) {
    random = new Random(seed);
    world = Meshes.formed(configuration(), random.nextBoolean());
  }

  /** How many moves it was; what is wrong goes into the list. */
  int run(List<String> violations) {
    for (int i = 0; i < MOVES; i++) {
      Move move = move(random.nextInt(100));
      moves.add(move);
      move.happen(world);
      List<String> broken = Rules.broken(world);
      if (!broken.isEmpty()) {
        violations.add("after %s: %s".formatted(moves, broken));
        return moves.size();
      }
    }
    end(violations);
    return moves.size();
  }

  /** When all trouble is over, everything ends, or it is said why not. */
  private void end(List<String> violations) {
    world.heal();
    for (int id = 0; id < MeshWorld.HOSTS; id++) {
      world.start(id);
    }
    Meshes.rest(world);
    List<String> stuck = world.stuck();
    if (!stuck.isEmpty()) {
      violations.add("%s; %s; after %s".formatted(stuck, world.mesh(), moves));
    }
  }

  private Move move(int dice) {
    int host = random.nextInt(MeshWorld.HOSTS);
    if (dice < 30) {
      return new Move.Decide();
    }
    if (dice < 52) {
      return new Move.Apply(host);
    }
    if (dice < 60) {
      return new Move.ApplyAllBut(host);
    }
    if (dice < 72) {
      return new Move.Sync(host);
    }
    return rarer(dice, host);
  }

  private Move rarer(int dice, int host) {
    if (dice < 75) {
      return new Move.Crash(host);
    }
    if (dice < 80) {
      return new Move.Start(host);
    }
    if (dice < 81) {
      return new Move.Cut(1 + random.nextInt(254));
    }
    if (dice < 84) {
      return new Move.Heal();
    }
    if (dice < 93) {
      return new Move.Want(host, type());
    }
    if (dice < 95) {
      return new Move.Configure(configuration());
    }
    return dice < 98 ? new Move.Use(host) : new Move.StopUsing(host);
  }

  private Optional<MemberType> type() {
    int which = random.nextInt(TYPES.size() + 3);
    return which < TYPES.size() ? Optional.of(TYPES.get(which)) : Optional.empty();
  }

  private Configuration configuration() {
    int[] ftt = LAYOUTS[random.nextInt(LAYOUTS.length)];
    return new Configuration(ftt[0], ftt[1], Topology.IGNORED, VolumeAccess.ANY, 2);
  }
}

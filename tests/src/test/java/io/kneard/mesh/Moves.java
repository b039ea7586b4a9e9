package io.kneard.mesh;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Moves at random. */
final class Moves {
  /** FTT-BDL and FTT-BUA of every layout there is. */
  private static final int[][] LAYOUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {1, 2}, {2, 1}, {2, 2}};

  private Moves() {}

  static Arbitrary<List<Move>> lists() {
    return single().list().ofMinSize(10).ofMaxSize(120);
  }

  static Arbitrary<Configuration> configurations() {
    return Arbitraries.of(LAYOUTS).map(ftt -> configuration(ftt[0], ftt[1]));
  }

  static Configuration configuration(int fttBdl, int fttBua) {
    return new Configuration(fttBdl, fttBua, Topology.IGNORED, VolumeAccess.ANY, 2);
  }

  private static Arbitrary<Move> single() {
    Arbitrary<Integer> host = Arbitraries.integers().between(0, MeshWorld.HOSTS - 1);
    return Arbitraries.frequencyOf(
        Tuple.of(30, Arbitraries.just(new Move.Decide())),
        Tuple.of(2, Arbitraries.just(new Move.DecideInVain())),
        Tuple.of(24, host.map(Move.Apply::new)),
        Tuple.of(8, host.map(Move.ApplyAllBut::new)),
        Tuple.of(12, host.map(Move.Sync::new)),
        Tuple.of(2, host.map(Move.Crash::new)),
        Tuple.of(4, host.map(Move.Start::new)),
        Tuple.of(1, Arbitraries.integers().between(1, 254).map(Move.Cut::new)),
        Tuple.of(3, Arbitraries.just(new Move.Heal())),
        Tuple.of(8, host.flatMap(id -> types().map(type -> new Move.Want(id, type)))),
        Tuple.of(2, configurations().map(Move.Configure::new)),
        Tuple.of(2, host.map(Move.Use::new)),
        Tuple.of(2, host.map(Move.StopUsing::new)));
  }

  private static Arbitrary<Optional<MemberType>> types() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.just(Optional.of(MemberType.DISKFUL))),
        Tuple.of(2, Arbitraries.just(Optional.of(MemberType.TIE_BREAKER))),
        Tuple.of(2, Arbitraries.just(Optional.of(MemberType.ACCESS))),
        Tuple.of(1, Arbitraries.just(Optional.of(MemberType.SHADOW_DISKFUL))),
        Tuple.of(4, Arbitraries.just(Optional.empty())));
  }
}

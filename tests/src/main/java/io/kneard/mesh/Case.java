package io.kneard.mesh;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One change of one mesh, to be looked at in every order.
 *
 * @param extra a member beside those of the layout
 * @param wish the type a replica is to have; empty: it is to go
 */
record Case(
    Configuration from,
    Configuration to,
    boolean shadows,
    Optional<MemberType> extra,
    int subject,
    Optional<MemberType> wish) {

  private static final int[][] LAYOUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {1, 2}, {2, 1}, {2, 2}};
  private static final List<MemberType> EXTRAS =
      List.of(MemberType.ACCESS, MemberType.TIE_BREAKER, MemberType.SHADOW_DISKFUL);

  /** Every change there is of meshes that have at most so many members on the way. */
  static List<Case> all(int members) {
    List<Case> all = new ArrayList<>();
    for (int[] from : LAYOUTS) {
      for (int[] to : LAYOUTS) {
        if (Math.abs(from[0] - to[0]) + Math.abs(from[1] - to[1]) <= 1) {
          for (boolean shadows : new boolean[] {false, true}) {
            add(all, configuration(from), configuration(to), shadows, members);
          }
        }
      }
    }
    return all;
  }

  private static Configuration configuration(int[] ftt) {
    return new Configuration(ftt[0], ftt[1], Topology.IGNORED, VolumeAccess.ANY, 1);
  }

  private static void add(
      List<Case> all, Configuration from, Configuration to, boolean shadows, int members) {
    List<Optional<MemberType>> extras = new ArrayList<>(List.of(Optional.empty()));
    EXTRAS.stream().filter(type -> allowed(type, shadows)).map(Optional::of).forEach(extras::add);
    for (Optional<MemberType> extra : extras) {
      Map<Integer, MemberType> types = types(from.layout(), extra);
      for (int subject = 0; subject <= types.size() && subject < MeshWorld.HOSTS; subject++) {
        boolean first = subject == 0 || types.get(subject - 1) != types.get(subject);
        boolean joins = subject == types.size();
        if (first && types.size() + (joins ? 1 : 0) <= members) {
          wishes(types.get(subject), shadows)
              .forEach(new Adding(all, from, to, shadows, extra, subject)::add);
        }
      }
    }
  }

  private record Adding(
      List<Case> all,
      Configuration from,
      Configuration to,
      boolean shadows,
      Optional<MemberType> extra,
      int subject) {
    void add(Optional<MemberType> wish) {
      all.add(new Case(from, to, shadows, extra, subject, wish));
    }
  }

  private static boolean allowed(MemberType type, boolean shadows) {
    return shadows || type != MemberType.SHADOW_DISKFUL;
  }

  private static List<Optional<MemberType>> wishes(MemberType now, boolean shadows) {
    List<Optional<MemberType>> wishes = new ArrayList<>(List.of(Optional.empty()));
    for (MemberType type : MemberType.values()) {
      if (!type.liminal() && type != now && allowed(type, shadows)) {
        wishes.add(Optional.of(type));
      }
    }
    return wishes;
  }

  private static Map<Integer, MemberType> types(Layout layout, Optional<MemberType> extra) {
    Map<Integer, MemberType> types = new TreeMap<>(Meshes.types(layout));
    extra.ifPresent(type -> types.put(types.size(), type));
    return types;
  }

  /** The mesh as it is before the change, and with the change asked for. */
  MeshWorld world() {
    MeshWorld world = Meshes.formed(from, shadows);
    extra.ifPresent(
        type -> {
          world.want(Meshes.types(from.layout()).size(), extra);
          Meshes.rest(world);
        });
    world.configure(to);
    world.want(subject, wish);
    return world;
  }

  /** How many hosts may fail without I/O stopping, before, after and on the way. */
  int failures() {
    return Math.min(1, Math.min(from.fttBua(), to.fttBua()));
  }

  @Override
  public String toString() {
    return "%s%s → %s%s: #%d → %s"
        .formatted(
            from.layout(),
            extra.map(type -> "+" + type.sign()).orElse(""),
            to.layout(),
            shadows ? " (flant-drbd)" : "",
            subject,
            wish.map(MemberType::sign).orElse("✕"));
  }
}

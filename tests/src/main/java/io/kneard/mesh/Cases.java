package io.kneard.mesh;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The changes that are looked at in every order, the smallest meshes first. */
final class Cases {
  private static final int[][] LAYOUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {1, 2}, {2, 1}, {2, 2}};
  private static final List<MemberType> EXTRAS =
      List.of(MemberType.ACCESS, MemberType.TIE_BREAKER, MemberType.SHADOW_DISKFUL);

  private final int members;
  private final List<Case> all = new ArrayList<>();

  private Cases(int members) {
    this.members = members;
  }

  /** What is asked of one replica, in every mesh that has at most so many members on the way. */
  static List<Case> single(int members) {
    Cases cases = new Cases(members);
    cases.meshes(
        mesh ->
            mesh.wishes(0).forEach(wish -> cases.all.add(mesh.with(Map.of(wish.id, wish.type)))));
    return cases.sorted();
  }

  /** What is asked of two replicas at once, without flant-drbd and further members. */
  static List<Case> pairs(int members) {
    Cases cases = new Cases(members);
    cases.meshes(
        mesh -> {
          if (mesh.plain()) {
            cases.pairs(mesh);
          }
        });
    return cases.sorted();
  }

  private void pairs(Mesh mesh) {
    for (Wish one : mesh.wishes(1)) {
      for (Wish other : mesh.wishes(1)) {
        if (one.id < other.id) {
          all.add(mesh.with(Map.of(one.id, one.type, other.id, other.type)));
        }
      }
    }
  }

  /** A host that dies, with or without being given up, or is given up in error. */
  static List<Case> troubles(int members) {
    Cases cases = new Cases(members);
    cases.meshes(
        mesh -> {
          if (mesh.fits() && mesh.plain()) {
            cases.troubles(mesh);
          }
        });
    return cases.sorted();
  }

  private void troubles(Mesh mesh) {
    int count = mesh.types.size();
    for (int id = 0; id < count; id++) {
      Move crash = new Move.Crash(id);
      Move farewell = new Move.Want(id, Optional.empty());
      all.add(mesh.troubled(Map.of(), crash, farewell));
      for (int other = id + 1; other < count; other++) {
        all.add(mesh.troubled(Map.of(), new Move.GiveUp(id), new Move.GiveUp(other)));
      }
      for (Wish wish : mesh.wishes(1)) {
        if (wish.id != id) {
          all.add(mesh.troubled(Map.of(wish.id, wish.type), crash, farewell));
        }
      }
    }
  }

  /** Hosts that use the volume, one after the other or both at once, while one is to change. */
  static List<Case> users(int members) {
    Cases cases = new Cases(members);
    cases.meshes(
        mesh -> {
          if (mesh.fits() && !mesh.shadows) {
            cases.users(mesh);
          }
        });
    return cases.sorted();
  }

  private void users(Mesh mesh) {
    int count = mesh.types.size();
    for (int id = 0; id < count; id++) {
      Move use = new Move.Use(id);
      all.add(mesh.troubled(Map.of(), use, new Move.Want(id, Optional.empty())));
      for (int other = id + 1; other < count; other++) {
        all.add(mesh.troubled(Map.of(), use, new Move.Use(other)));
      }
    }
  }

  private List<Case> sorted() {
    all.sort(Comparator.comparingInt(Cases::size));
    return all;
  }

  private static int size(Case one) {
    return Case.types(one.from(), one.extra()).size();
  }

  private interface Use {
    void of(Mesh mesh);
  }

  private void meshes(Use use) {
    for (int[] from : LAYOUTS) {
      for (int[] to : LAYOUTS) {
        if (Math.abs(from[0] - to[0]) + Math.abs(from[1] - to[1]) <= 1) {
          for (boolean shadows : new boolean[] {false, true}) {
            extras(shadows)
                .forEach(
                    extra ->
                        use.of(
                            new Mesh(
                                members, configuration(from), configuration(to), shadows, extra)));
          }
        }
      }
    }
  }

  private static Stream<Optional<MemberType>> extras(boolean shadows) {
    return Stream.concat(
        Stream.of(Optional.empty()),
        EXTRAS.stream().filter(type -> allowed(type, shadows)).map(Optional::of));
  }

  private static boolean allowed(MemberType type, boolean shadows) {
    return shadows || type != MemberType.SHADOW_DISKFUL;
  }

  private static Configuration configuration(int[] ftt) {
    return new Configuration(ftt[0], ftt[1], Topology.IGNORED, VolumeAccess.ANY, 1);
  }

  private record Wish(int id, Optional<MemberType> type) {}

  /** A mesh, and where it is to go. */
  private record Mesh(
      int members,
      Configuration from,
      Configuration to,
      boolean shadows,
      Optional<MemberType> extra,
      Map<Integer, MemberType> types) {

    Mesh(
        int members,
        Configuration from,
        Configuration to,
        boolean shadows,
        Optional<MemberType> extra) {
      this(members, from, to, shadows, extra, Case.types(from, extra));
    }

    boolean fits() {
      return types.size() <= members;
    }

    /** Without flant-drbd and further members. */
    boolean plain() {
      return !shadows && extra.isEmpty();
    }

    /**
     * What may be asked of one replica: of one of each type, and of so many more.
     *
     * @param more replicas of the same type that are looked at beside the first
     */
    List<Wish> wishes(int more) {
      List<Wish> wishes = new ArrayList<>();
      for (int id = 0; id <= types.size() && id < MeshWorld.HOSTS; id++) {
        boolean early = id <= more || types.get(id - 1 - more) != types.get(id);
        boolean joins = id == types.size();
        if (early && types.size() + (joins ? 1 : 0) <= members) {
          int which = id;
          wanted(types.get(id)).forEach(type -> wishes.add(new Wish(which, type)));
        }
      }
      return wishes;
    }

    private List<Optional<MemberType>> wanted(MemberType now) {
      List<Optional<MemberType>> wanted = new ArrayList<>(List.of(Optional.empty()));
      for (MemberType type : MemberType.values()) {
        if (!type.liminal() && type != now && allowed(type, shadows)) {
          wanted.add(Optional.of(type));
        }
      }
      return wanted;
    }

    Case with(Map<Integer, Optional<MemberType>> wishes) {
      return new Case(from, to, shadows, extra, wishes, List.of());
    }

    /** With two hosts that may use it at once. */
    Case troubled(Map<Integer, Optional<MemberType>> wishes, Move... troubles) {
      return new Case(two(from), two(to), shadows, extra, wishes, List.of(troubles));
    }

    private static Configuration two(Configuration one) {
      return new Configuration(one.fttBdl(), one.fttBua(), one.topology(), one.volumeAccess(), 2);
    }
  }
}

package io.kneard.mesh;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Stage;
import java.util.Map;
import java.util.TreeMap;

/** Meshes to begin with. */
final class Meshes {
  private static final int ROUNDS_TO_REST = 200;

  private Meshes() {}

  /** One that has the members its configuration asks for, and is at rest. */
  static MeshWorld formed(Configuration configuration, boolean shadows) {
    MeshWorld world = new MeshWorld(configuration, shadows);
    world.found(types(configuration.layout()));
    rest(world);
    if (world.mesh().stage() != Stage.FORMED) {
      throw new IllegalStateException("the mesh does not form: " + world.volume());
    }
    return world;
  }

  /** D on the first hosts, and a tiebreaker on the next if there is one. */
  static Map<Integer, MemberType> types(Layout layout) {
    Map<Integer, MemberType> types = new TreeMap<>();
    for (int id = 0; id < layout.diskful(); id++) {
      types.put(id, MemberType.DISKFUL);
    }
    if (layout.tieBreakers() > 0) {
      types.put(layout.diskful(), MemberType.TIE_BREAKER);
    }
    return types;
  }

  /** Everybody does what there is to do until there is nothing more. */
  static void rest(MeshWorld world) {
    for (int round = 0; round < ROUNDS_TO_REST; round++) {
      boolean changed = world.decide();
      for (int id = 0; id < MeshWorld.HOSTS; id++) {
        world.apply(id);
        world.sync(id);
      }
      if (!changed && !world.decide()) {
        return;
      }
    }
    throw new IllegalStateException("no rest: " + world.volume());
  }
}

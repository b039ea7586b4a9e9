package io.kneard.mesh;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.MemberType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One change of one mesh, to be looked at in every order.
 *
 * @param extra a member beside those of the layout
 * @param wishes the type replicas are to have, by number; empty: it is to go
 * @param troubles what may happen besides, each once, at any moment
 */
record Case(
    Configuration from,
    Configuration to,
    boolean shadows,
    Optional<MemberType> extra,
    Map<Integer, Optional<MemberType>> wishes,
    List<Move> troubles) {

  Case {
    wishes = new TreeMap<>(wishes);
    troubles = List.copyOf(troubles);
  }

  /** The members before the change. */
  static Map<Integer, MemberType> types(Configuration from, Optional<MemberType> extra) {
    Map<Integer, MemberType> types = new TreeMap<>(Meshes.types(from.layout()));
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
    wishes.forEach(world::want);
    return world;
  }

  /** How many hosts may fail without I/O stopping, before, after and on the way. */
  int failures() {
    return Math.min(1, Math.min(from.fttBua(), to.fttBua()));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(from.layout());
    extra.ifPresent(type -> text.append('+').append(type.sign()));
    text.append(" → ").append(to.layout()).append(shadows ? " (flant-drbd)" : "");
    wishes.forEach(
        (id, type) ->
            text.append(": #%d → %s".formatted(id, type.map(MemberType::sign).orElse("✕"))));
    troubles.forEach(trouble -> text.append(", ").append(trouble));
    return text.toString();
  }
}

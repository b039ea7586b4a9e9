package io.kneard.datamesh;

import java.util.List;

/**
 * Everything that is stored about a volume's mesh.
 *
 * @param wantedSize bytes; the mesh follows
 * @param deleting nothing joins or is attached anymore
 * @param transitions active ones, oldest first
 */
public record Volume(
    String name,
    Configuration configuration,
    long wantedSize,
    boolean deleting,
    Mesh mesh,
    List<Transition> transitions) {

  public Volume {
    transitions = List.copyOf(transitions);
  }

  /** The same volume after a decision. */
  public Volume after(Mesh nextMesh, List<Transition> active) {
    return new Volume(name, configuration, wantedSize, deleting, nextMesh, active);
  }
}

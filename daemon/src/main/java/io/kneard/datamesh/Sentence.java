package io.kneard.datamesh;

/**
 * What happens to a replica, or why not.
 *
 * @param membership about its place in the mesh
 * @param use about attaching and detaching; empty where nobody wants to use it
 */
public record Sentence(int replica, String membership, String use) {
  /** Both in one. */
  public String text() {
    return use.isEmpty() ? membership : membership + "; " + use;
  }
}

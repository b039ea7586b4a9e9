package io.kneard.database;

import java.util.List;

/**
 * What one member's program understands.
 *
 * @param internal version of the cluster's own tables
 * @param external version of the other tables
 * @param extensions of the API, in the order in which they came; their number is the API's version
 */
public record Versions(int internal, int external, List<String> extensions) {
  /** Checks and copies. */
  public Versions {
    if (internal < 1 || external < 0) {
      throw new IllegalArgumentException(
          "schema versions %d and %d: at least 1 and 0".formatted(internal, external));
    }
    extensions = List.copyOf(extensions);
  }

  /** Whether anything of it is older than in the other. */
  public boolean isBehind(Versions other) {
    return internal < other.internal
        || external < other.external
        || extensions.size() < other.extensions.size();
  }

  /** Whether the extensions differ though they are as many: neither is the older one. */
  boolean contradicts(Versions other) {
    return extensions.size() == other.extensions.size() && !extensions.equals(other.extensions);
  }
}

package io.kneard.datamesh.intent;

/** What a replica can expect of its host. */
enum Ground {
  /** It is there and may have replicas. */
  GOOD,
  /** It is gone, and may come back. */
  DOWN,
  /** Replicas are to leave it. */
  DRAINED,
  /** The owner of the volume does not want it there anymore. */
  FORBIDDEN,
  /** It has been gone for too long, or it is not in the cluster anymore. */
  LOST;

  /** Whether a replica may stay there. */
  boolean holds() {
    return this == GOOD || this == DOWN;
  }

  /** In words, of the host. */
  String text() {
    return switch (this) {
      case GOOD -> "is there";
      case DOWN -> "is gone for the moment";
      case DRAINED -> "is drained";
      case FORBIDDEN -> "is not among the hosts of the volume anymore";
      case LOST -> "is lost";
    };
  }
}

package io.kneard.config;

/** What a host does that has the lock, and not the volume that goes with the validator. */
public enum IfNotAttached {
  /** Leaves the lock to the others. */
  GIVE_UP,
  /** Signs without the volume. */
  GO_ON
}

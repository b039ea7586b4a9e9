package io.kneard.datamesh.intent;

/** Who decides which replicas a volume has. */
public enum Mode {
  /** The configuration: replicas are created, retyped and deleted so that they fit it. */
  MANAGED,
  /** The administrator: each replica is what it was told to be, and only quorum is kept right. */
  MANUAL
}

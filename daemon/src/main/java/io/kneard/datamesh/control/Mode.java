package io.kneard.datamesh.control;

/** Who says which replicas a volume has. */
public enum Mode {
  /** The planner, from the volume's configuration. */
  MANAGED,
  /** An administrator, one by one. */
  MANUAL
}

package io.kneard.datamesh.intent;

/** Who gave a replica its type. */
public enum Origin {
  /** The planner: it may take it back. */
  PLANNER,
  /** An administrator: kept as long as the configuration allows it. */
  ADMINISTRATOR
}

package io.kneard.datamesh.intent;

/** Whether an administrator wants a replica gone. */
public enum Exit {
  STAYS,
  /** In the ordinary way: what protects the volume comes first. */
  DELETED,
  /** Its host is dead: nobody waits for its word. */
  FORCED
}

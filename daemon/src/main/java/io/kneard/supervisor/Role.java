package io.kneard.supervisor;

/** How neard is started. */
public enum Role {
  /** Without a validator key in its home. */
  STANDBY,
  /** With the validator key in its home, and a deadline on its fence. */
  VALIDATOR
}

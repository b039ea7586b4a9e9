package io.kneard.config;

/** Where the leader lock is kept. */
public enum LockBackend {
  /** A session of Consul. */
  CONSUL,
  /** The cluster's own database. */
  EMBEDDED
}

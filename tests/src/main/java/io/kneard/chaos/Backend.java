package io.kneard.chaos;

/** Where the hosts keep their lock. */
enum Backend {
  /** In three servers of Consul. */
  CONSUL,
  /** In the database of the cluster that they form themselves. */
  EMBEDDED
}

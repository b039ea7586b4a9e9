package io.kneard.dqlite;

/** What a request that was sent may have done if its answer does not come. */
enum Effect {
  /** It changes nothing. */
  NONE,
  /** It changes data or the cluster. */
  WRITE
}

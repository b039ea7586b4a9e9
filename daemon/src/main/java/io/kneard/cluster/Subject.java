package io.kneard.cluster;

/** What in the database is worth a look. */
public enum Subject {
  LOCK,
  VOLUMES
}

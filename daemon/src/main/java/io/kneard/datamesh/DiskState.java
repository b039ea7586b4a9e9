package io.kneard.datamesh;

/** State of a disk as DRBD names it; what is not known is never mapped to a guess. */
public enum DiskState {
  DISKLESS,
  ATTACHING,
  DETACHING,
  FAILED,
  NEGOTIATING,
  INCONSISTENT,
  OUTDATED,
  CONSISTENT,
  UP_TO_DATE,
  UNKNOWN
}

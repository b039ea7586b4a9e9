package io.kneard.datamesh;

/** How far a volume has come into being. */
public enum Stage {
  /** Members are brought together for the first time; there is no data yet. */
  FORMING,
  /**
   * All are connected; one member declares its empty disk to be the data. Only in this stage may a
   * host do that.
   */
  SEEDING,
  /** There is data. */
  FORMED
}

package io.kneard.datamesh;

/** What a transition affects; decides what may run beside it. */
public enum Group {
  /** The number of voters, and with it q. */
  VOTER("voter transition"),
  /** Members without a vote. */
  NON_VOTER("non-voter transition"),
  /** q and qmr of all members. */
  QUORUM("quorum change"),
  /** Whether one member may use the volume. */
  IO("I/O transition"),
  /** Whether two members may use the volume at once. */
  MULTIATTACH("multiattach transition"),
  /** Everything. */
  FORMATION("formation"),
  /** Where members listen. */
  ADDRESSES("address repair"),
  /** The size of all disks. */
  RESIZE("resize"),
  /** A member that is dead. */
  EMERGENCY("forced transition");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  /** The name towards people. */
  public String title() {
    return title;
  }

  /** Whether it changes which type a member has, or whether it is one. */
  public boolean membership() {
    return this == VOTER || this == NON_VOTER;
  }
}

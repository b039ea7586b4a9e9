package io.kneard.datamesh;

/** Where the volume may be used, seen from where its data is. */
public enum VolumeAccess {
  /** Anywhere. */
  ANY("Any"),
  /** Where the data is, if that can be had. */
  PREFERABLY_LOCAL("PreferablyLocal"),
  /** Anywhere at first; after a time the data follows. */
  EVENTUALLY_LOCAL("EventuallyLocal"),
  /** Only where the data is. */
  LOCAL("Local");

  private final String title;

  VolumeAccess(String title) {
    this.title = title;
  }

  /** The name towards people. */
  public String title() {
    return title;
  }
}

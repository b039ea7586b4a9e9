package io.kneard.datamesh.intent;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The protections that have a name. */
public enum Replication {
  NONE("None", 0, 0),
  AVAILABILITY("Availability", 0, 1),
  CONSISTENCY("Consistency", 1, 0),
  CONSISTENCY_AND_AVAILABILITY("ConsistencyAndAvailability", 1, 1);

  private final String title;
  private final int fttBdl;
  private final int fttBua;

  Replication(String title, int fttBdl, int fttBua) {
    this.title = title;
    this.fttBdl = fttBdl;
    this.fttBua = fttBua;
  }

  /**
   * The one of this name, in any case of letters.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Replication of(String title) {
    return Arrays.stream(values())
        .filter(one -> one.title.equalsIgnoreCase(title))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "replication = %s: has to be one of %s"
                        .formatted(
                            title,
                            Arrays.stream(values())
                                .map(Replication::title)
                                .collect(Collectors.joining(", ")))));
  }

  /** The one with this protection, if it has a name. */
  public static Optional<Replication> of(int fttBdl, int fttBua) {
    return Arrays.stream(values())
        .filter(one -> one.fttBdl == fttBdl && one.fttBua == fttBua)
        .findFirst();
  }

  /** The name towards people. */
  public String title() {
    return title;
  }

  public int fttBdl() {
    return fttBdl;
  }

  public int fttBua() {
    return fttBua;
  }
}

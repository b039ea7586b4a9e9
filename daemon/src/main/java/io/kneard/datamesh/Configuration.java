package io.kneard.datamesh;

/**
 * What the owner of a volume wants of it.
 *
 * @param fttBdl failures to tolerate before data loss, 0..2
 * @param fttBua failures to tolerate before unavailability, 0..2, at most one away from {@code
 *     fttBdl}
 * @param maxAttachments on how many nodes at once the volume may be used, at least 1
 */
public record Configuration(
    int fttBdl, int fttBua, Topology topology, VolumeAccess volumeAccess, int maxAttachments) {

  public Configuration {
    inRange("FTT-BDL", fttBdl);
    inRange("FTT-BUA", fttBua);
    if (Math.abs(fttBdl - fttBua) > 1) {
      throw new IllegalArgumentException(
          "FTT-BDL = %d, FTT-BUA = %d: they may differ by one at most".formatted(fttBdl, fttBua));
    }
    if (maxAttachments < 1) {
      throw new IllegalArgumentException(
          "max attachments = %d: at least 1".formatted(maxAttachments));
    }
  }

  /** The members this asks for. */
  public Layout layout() {
    return Layout.of(fttBdl, fttBua);
  }

  private static void inRange(String name, int value) {
    if (value < 0 || value > 2) {
      throw new IllegalArgumentException("%s = %d: has to be in 0..2".formatted(name, value));
    }
  }
}

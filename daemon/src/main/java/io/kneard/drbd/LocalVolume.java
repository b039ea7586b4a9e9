package io.kneard.drbd;

import java.util.Set;

/**
 * How one volume is on this host right now, as the kernel says.
 *
 * @param attached whether its device can be opened here
 * @param usable whether what is written there is taken: it has quorum and reaches the data
 * @param how the same in words
 */
public record LocalVolume(boolean attached, boolean usable, String how) {

  /**
   * Asks the kernel, within the bounds of two commands. What could not be seen counts as attached
   * and not usable.
   */
  public static LocalVolume look(Tools tools, String volume) throws InterruptedException {
    try {
      Found found = new Look(tools).at(Target.resourceName(volume), false, Set.of());
      return found
          .status()
          .map(status -> of(status, found))
          .orElse(new LocalVolume(false, false, "this host has no replica of it"));
    } catch (Look.Blind e) {
      return new LocalVolume(true, false, e.getMessage());
    }
  }

  private static LocalVolume of(Status status, Found found) {
    if (!status.primary()) {
      return new LocalVolume(false, false, "it is not attached here");
    }
    boolean usable = found.device().filter(one -> Observed.servesIo(one, found)).isPresent();
    String quorum =
        found.device().filter(Status.Device::quorum).isPresent()
            ? "no copy of the data can be reached"
            : "it has no quorum";
    return new LocalVolume(true, usable, usable ? "it is attached here" : quorum);
  }
}

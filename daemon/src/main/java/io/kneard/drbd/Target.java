package io.kneard.drbd;

import io.kneard.datamesh.LocalResource;
import java.util.Optional;

/**
 * What this host's resource of a volume has to become.
 *
 * @param volume its name
 * @param minor of the device, for the life of the replica
 * @param resource what the mesh wants of it
 * @param disk device node of the backing volume; present where one is wanted
 * @param deviceId 16 hexadecimal digits, given to the replica when it was made: the disk has the
 *     same written on it, so that no other disk is ever taken for it
 * @param zeroed whether the backing volumes of all members read as zeroes when they are new
 */
public record Target(
    String volume,
    int minor,
    LocalResource resource,
    Optional<String> disk,
    String deviceId,
    boolean zeroed) {

  public Target {
    if (!deviceId.matches("[0-9A-F]{16}") || deviceId.equals(Metadata.NO_ID)) {
      throw new IllegalArgumentException(
          "device id %s of volume %s: has to be 16 hexadecimal digits (0-9, A-F), not all zero"
              .formatted(deviceId, volume));
    }
    if (resource.disk() == LocalResource.Disk.ATTACHED && disk.isEmpty()) {
      throw new IllegalArgumentException(
          "volume %s wants its disk attached, and there is no backing volume".formatted(volume));
    }
  }

  /** The name of the DRBD resource; no other resource on the host is ever touched. */
  public String name() {
    return resourceName(volume);
  }

  boolean wantsAttached() {
    return resource.disk() == LocalResource.Disk.ATTACHED;
  }

  static String resourceName(String volume) {
    return "kneard-" + volume;
  }
}

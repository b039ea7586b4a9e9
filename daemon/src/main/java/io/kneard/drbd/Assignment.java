package io.kneard.drbd;

import io.kneard.datamesh.Address;
import io.kneard.datamesh.LocalResource;
import io.kneard.datamesh.Report;
import java.util.List;
import java.util.Optional;

/**
 * What the agent has to see to for one replica of this host.
 *
 * @param minor of its device
 * @param deviceId 16 hexadecimal digits, given to the replica when it was made
 * @param pool where its backing volume lies, or lay while it had one
 * @param zeroed whether the backing volumes of all members read as zeroes when they are new
 * @param size bytes that a backing volume is to have room for; DRBD takes it when the mesh says so
 * @param resource what the mesh wants of it; empty: it is no member, there is to be nothing
 * @param removeDisk whether the backing volume goes as well, where there is to be nothing
 * @param reported the revision this host reported last
 * @param addresses where this host listens for the volume's peers
 */
public record Assignment(
    String volume,
    int minor,
    String deviceId,
    Optional<String> pool,
    boolean zeroed,
    long size,
    Optional<LocalResource> resource,
    boolean removeDisk,
    long reported,
    List<Address> addresses) {

  public Assignment {
    Storage.Replica.checkName(volume);
    addresses = List.copyOf(addresses);
  }

  /** Whether a report made for this says that nothing of the replica remains here. */
  public boolean gone(Report report) {
    return resource.isEmpty() && removeDisk && report.configured() && report.revision() == 0;
  }

  Storage.Replica replica() {
    return new Storage.Replica(volume, deviceId);
  }

  boolean wantsDisk() {
    return resource.filter(one -> one.disk() != LocalResource.Disk.NONE).isPresent();
  }

  Target target(Optional<String> disk) {
    return new Target(volume, minor, resource.orElseThrow(), disk, deviceId, zeroed);
  }
}

package io.kneard.ctl.api.mesh;

import java.util.List;
import java.util.Map;

/**
 * What is wanted of a volume. What is null is left as it is, or to what is usual.
 *
 * @param name only of a new one
 * @param size bytes; only of a new one
 * @param volumeClass whose wishes it follows from now on; what else is said here stays null
 * @param manual whether an administrator says which replicas there are, and not a planner
 * @param fttBdl failures to tolerate before data loss
 * @param fttBua failures to tolerate before unavailability
 * @param topology {@code ignored}, {@code zonal} or {@code trans-zonal}
 * @param access {@code any}, {@code preferably-local}, {@code eventually-local} or {@code local}
 * @param maxAttachments on how many hosts at once it may be used
 * @param hosts that may have replicas; an empty list: all
 * @param pool for disks; an empty text: whichever has most room
 * @param replaceAfterSeconds a host has to be gone for so long before its replica is replaced
 * @param localAfterSeconds with eventually-local: after so long of use the data follows
 * @param replicas type by host, for a new one that is manual
 */
public record VolumeWish(
    String name,
    Long size,
    String volumeClass,
    Boolean manual,
    Integer fttBdl,
    Integer fttBua,
    String topology,
    String access,
    Integer maxAttachments,
    List<String> hosts,
    String pool,
    Long replaceAfterSeconds,
    Long localAfterSeconds,
    Map<String, String> replicas) {

  /** The same, without a word on who chooses the replicas. */
  public VolumeWish managed() {
    return new VolumeWish(
        name,
        size,
        volumeClass,
        null,
        fttBdl,
        fttBua,
        topology,
        access,
        maxAttachments,
        hosts,
        pool,
        replaceAfterSeconds,
        localAfterSeconds,
        replicas);
  }
}

package io.kneard.drbd;

import java.util.Optional;
import java.util.Set;

/**
 * One look at a resource.
 *
 * @param setup empty: there is no such resource
 * @param status of the same resource
 * @param metadata of the backing volume, where it was looked for: it is not attached and should be
 * @param forgotten whether it is certain that the disk keeps no bitmap for anybody who is not a
 *     peer
 * @param resting peers that were connected to in vain a short time ago
 */
record Found(
    Optional<Setup> setup,
    Optional<Status> status,
    Optional<Metadata> metadata,
    boolean forgotten,
    Set<Integer> resting) {

  static final Found NOTHING =
      new Found(Optional.empty(), Optional.empty(), Optional.empty(), false, Set.of());

  Found {
    resting = Set.copyOf(resting);
  }

  /** Device node of the disk that is attached. */
  Optional<String> attached() {
    return setup.flatMap(Setup::device).flatMap(Setup.Device::backing);
  }

  Optional<Status.Device> device() {
    return status.flatMap(Status::device);
  }
}

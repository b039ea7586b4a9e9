package io.kneard.drbd;

import java.util.Optional;

/**
 * Makes, grows and removes the backing volumes of one pool. Only what carries the mark of the
 * replica is ever looked at as its own; everything else is left alone, whatever its name.
 */
public interface Storage {
  /** The backing volume of this replica, if there is one. */
  Optional<Backing> find(Replica replica) throws StorageProblem, InterruptedException;

  /** Makes it, at least this large; bytes. */
  void create(Replica replica, long bytes) throws StorageProblem, InterruptedException;

  /** Makes it at least this large; never smaller. Bytes. */
  void grow(Replica replica, long bytes) throws StorageProblem, InterruptedException;

  /** Removes it, with all that is on it. Nothing happens if there is none. */
  void remove(Replica replica) throws StorageProblem, InterruptedException;

  /** Bytes that can still be given out. */
  long free() throws StorageProblem, InterruptedException;

  /**
   * Whose backing volume it is.
   *
   * @param volume name of the volume
   * @param deviceId of the replica, which is the mark
   */
  record Replica(String volume, String deviceId) {
    public Replica {
      checkName(volume);
    }

    /** Throws unless it can be part of the names of files, devices and resources. */
    public static void checkName(String volume) {
      if (!volume.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,47}")) {
        throw new IllegalArgumentException(
            "volume name %s: 1 to 48 of a-z, A-Z, 0-9, _ . -, the first a letter or a digit"
                .formatted(volume));
      }
    }
  }

  /** The storage of a pool. */
  static Storage of(Pool pool, Tools tools) {
    if (pool instanceof Pool.Files files) {
      return new FileStorage(files, tools);
    }
    return new LvmStorage(pool, tools);
  }
}

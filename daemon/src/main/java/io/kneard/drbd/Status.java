package io.kneard.drbd;

import io.kneard.datamesh.DiskState;
import java.util.List;
import java.util.Optional;

/**
 * What {@code drbdsetup status --json} says of one resource. States are kept as DRBD names them:
 * one that is not known is shown, not guessed at.
 *
 * @param suspendedQuorum whether I/O stands still for want of quorum
 */
record Status(
    String resource,
    int nodeId,
    String role,
    boolean suspended,
    boolean suspendedQuorum,
    List<Device> devices,
    List<Connection> connections) {

  static final String PRIMARY = "Primary";
  static final String STANDALONE = "StandAlone";

  /**
   * One volume here.
   *
   * @param client whether it has no disk on purpose
   * @param open whether a process holds it open; empty where the tool does not tell
   * @param sizeKib usable size; empty where the tool does not tell
   */
  record Device(
      int volume,
      int minor,
      String disk,
      boolean client,
      boolean quorum,
      Optional<Boolean> open,
      Optional<Long> sizeKib) {

    DiskState diskState() {
      return Status.diskState(disk);
    }
  }

  /** One peer, as seen from here. */
  record Connection(int peer, String name, String state, String role, List<PeerDevice> devices) {
    boolean connected() {
      return state.equals("Connected");
    }

    boolean standalone() {
      return state.equals(STANDALONE);
    }
  }

  /**
   * One volume of a peer.
   *
   * @param replication like {@code Established}, {@code SyncSource}
   * @param done percent of a resync that runs; empty where none does
   * @param secondsLeft of it, as DRBD guesses
   */
  record PeerDevice(
      int volume,
      String replication,
      String disk,
      boolean client,
      Optional<Double> done,
      Optional<Long> secondsLeft) {

    boolean syncing() {
      return !replication.equals("Off")
          && !replication.equals("Established")
          && !replication.startsWith("Verify")
          && !replication.equals("Ahead");
    }

    /** Whether what is lacked here comes from this peer. */
    boolean receiving() {
      return replication.equals("SyncTarget") || replication.equals("PausedSyncT");
    }

    DiskState diskState() {
      return Status.diskState(disk);
    }
  }

  Status {
    devices = List.copyOf(devices);
    connections = List.copyOf(connections);
  }

  boolean primary() {
    return role.equals(PRIMARY);
  }

  /** The one volume this program's resources have. */
  Optional<Device> device() {
    return devices.stream().filter(device -> device.volume() == 0).findFirst();
  }

  Optional<Connection> connection(int peer) {
    return connections.stream().filter(one -> one.peer() == peer).findFirst();
  }

  private static DiskState diskState(String name) {
    return switch (name) {
      case "Diskless" -> DiskState.DISKLESS;
      case "Attaching" -> DiskState.ATTACHING;
      case "Detaching" -> DiskState.DETACHING;
      case "Failed" -> DiskState.FAILED;
      case "Negotiating" -> DiskState.NEGOTIATING;
      case "Inconsistent" -> DiskState.INCONSISTENT;
      case "Outdated" -> DiskState.OUTDATED;
      case "Consistent" -> DiskState.CONSISTENT;
      case "UpToDate" -> DiskState.UP_TO_DATE;
      default -> DiskState.UNKNOWN;
    };
  }
}

package io.kneard.drbd;

import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.PeerReport;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.SyncProgress;
import java.util.List;
import java.util.Optional;

/** What a host reports of its replica, from what it saw. Pure. */
final class Observed {
  private Observed() {}

  /**
   * @param revision that holds here
   * @param configured whether everything is as it is wanted
   * @param refusedInUse whether the kernel has just said that the device is open
   */
  static Report report(
      Assignment assignment,
      Found found,
      long revision,
      boolean configured,
      boolean refusedInUse,
      Optional<Backing> backing,
      Optional<String> problem) {
    Optional<Status.Device> device = found.device();
    return new Report(
        revision,
        true,
        configured,
        device.filter(one -> servesIo(one, found)).isPresent(),
        device.map(Status.Device::diskState).orElse(DiskState.DISKLESS),
        device.map(Status.Device::quorum),
        device.flatMap(Status.Device::open).orElse(false) || refusedInUse,
        backing.map(Backing::size),
        assignment.addresses(),
        found.status().map(Observed::peers).orElse(List.of()),
        problem);
  }

  static boolean servesIo(Status.Device device, Found found) {
    boolean data =
        device.diskState() == DiskState.UP_TO_DATE
            || found.status().orElseThrow().connections().stream()
                .flatMap(connection -> connection.devices().stream())
                .anyMatch(peer -> peer.diskState() == DiskState.UP_TO_DATE);
    return data && device.quorum() && !found.status().orElseThrow().suspended();
  }

  /** What is seen of each peer. */
  static List<PeerReport> peers(Status status) {
    return status.connections().stream().map(Observed::peer).toList();
  }

  private static PeerReport peer(Status.Connection connection) {
    Optional<Status.PeerDevice> device =
        connection.devices().stream().filter(one -> one.volume() == 0).findFirst();
    return new PeerReport(
        connection.peer(),
        connection.connected(),
        device.map(Status.PeerDevice::diskState).orElse(DiskState.UNKNOWN),
        device.filter(Status.PeerDevice::syncing).isPresent(),
        device.flatMap(Observed::progress));
  }

  private static Optional<SyncProgress> progress(Status.PeerDevice device) {
    return device
        .done()
        .filter(done -> device.receiving())
        .map(done -> new SyncProgress(done.intValue(), device.secondsLeft()));
  }
}

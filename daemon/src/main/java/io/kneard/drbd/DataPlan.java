package io.kneard.drbd;

import static io.kneard.drbd.Plan.Kind.CHANGE;

import io.kneard.datamesh.BackingSize;
import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.LocalResource;
import java.util.Optional;

/** The first data of a volume, and its size. */
final class DataPlan {
  private static final int KIB = 1024;

  private final Target target;
  private final LocalResource wanted;
  private final Found found;
  private final Plan.Draft draft;

  DataPlan(Target target, Found found, Plan.Draft draft) {
    this.target = target;
    this.wanted = target.resource();
    this.found = found;
    this.draft = draft;
  }

  void add() {
    if (found.attached().isEmpty()) {
      return;
    }
    if (wanted.seed()) {
      seed();
    } else {
      grow();
    }
  }

  /** DRBD is let grow, and never shrink. */
  private void grow() {
    long usable = BackingSize.usable(wanted.size()) / KIB;
    boolean smaller =
        found.device().flatMap(Status.Device::sizeKib).filter(size -> size < usable).isPresent();
    if (smaller && disk() == DiskState.UP_TO_DATE) {
      draft.add(CHANGE, Drbdsetup.resize(target.minor(), wanted.size()));
    }
  }

  /** Data is declared on a disk that never had any, when all who are to have it are there. */
  private void seed() {
    if (disk() == DiskState.UP_TO_DATE) {
      return;
    }
    if (disk() != DiskState.INCONSISTENT) {
      draft.waits(
          "the disk is %s: not a new one, so it is not declared to be the data"
              .formatted(diskName()));
      return;
    }
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      draft.waits(missing.get());
    } else if (target.zeroed()) {
      draft.add(CHANGE, Drbdsetup.declareClean(target.minor()));
    } else {
      draft.add(CHANGE, Drbdsetup.declareData(target.name()));
    }
  }

  private Optional<String> missing() {
    for (LocalResource.Peer peer : wanted.peers()) {
      Optional<Status.Connection> seen =
          found.status().flatMap(status -> status.connection(peer.id()));
      if (seen.filter(Status.Connection::connected).isEmpty()) {
        return Optional.of("waiting for the connection to " + peer.node());
      }
      boolean data = seen.get().devices().stream().anyMatch(device -> hasData(device.diskState()));
      if (data) {
        return Optional.of(peer.node() + " has data already: none is declared here");
      }
    }
    return Optional.empty();
  }

  private static boolean hasData(DiskState disk) {
    return disk == DiskState.UP_TO_DATE
        || disk == DiskState.CONSISTENT
        || disk == DiskState.OUTDATED;
  }

  private DiskState disk() {
    return found.device().map(Status.Device::diskState).orElse(DiskState.UNKNOWN);
  }

  private String diskName() {
    return found.device().map(Status.Device::disk).orElse("not known");
  }
}

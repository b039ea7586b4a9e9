package io.kneard.drbd;

import static io.kneard.drbd.Plan.Kind.CHANGE;

import io.kneard.datamesh.LocalResource;
import java.util.Map;
import java.util.Optional;

/** What becomes of the local disk. */
final class DiskPlan {
  private final Target target;
  private final LocalResource wanted;
  private final Found found;
  private final Plan.Draft draft;

  DiskPlan(Target target, Found found, Plan.Draft draft) {
    this.target = target;
    this.wanted = target.resource();
    this.found = found;
    this.draft = draft;
  }

  void add() {
    Optional<String> disk = target.disk();
    Optional<String> attached = found.attached();
    if (wanted.disk() != LocalResource.Disk.ATTACHED) {
      leave(attached.isPresent());
    } else if (attached.isEmpty()) {
      take(disk.orElseThrow());
    } else if (!attached.equals(disk)) {
      draft.add(CHANGE, Drbdsetup.detach(target.minor()));
      draft.waits("%s is attached in place of %s".formatted(attached.get(), disk.orElseThrow()));
    } else {
      voting(found.setup().flatMap(Setup::device).map(Setup.Device::options).orElse(Map.of()));
    }
  }

  private void leave(boolean attached) {
    boolean unintended =
        wanted.disk() == LocalResource.Disk.NONE
            && found.device().filter(device -> !device.client()).isPresent();
    if (attached || unintended) {
      draft.add(CHANGE, Drbdsetup.detach(target.minor()));
    }
  }

  private void take(String disk) {
    if (found.metadata().isEmpty()) {
      draft.waits("backing volume %s is not there yet".formatted(disk));
      return;
    }
    Metadata.Verdict verdict = found.metadata().get().verdict(target.deviceId());
    if (verdict instanceof Metadata.Verdict.Refuse refuse) {
      draft.waits(refuse.why());
    } else if (verdict instanceof Metadata.Verdict.Make make) {
      make(disk, make.metadata());
    } else {
      attach(disk);
    }
  }

  /** It is read again before it is attached. */
  private void make(String disk, boolean metadata) {
    Command id = Drbdsetup.writeDeviceId(target.minor(), disk, target.deviceId());
    if (metadata) {
      draft.add(CHANGE, Drbdsetup.createMetadata(target.minor(), disk), id);
    } else {
      draft.add(CHANGE, id);
    }
    draft.waits("%s is being made ready".formatted(disk));
  }

  private void attach(String disk) {
    draft.add(
        CHANGE,
        Drbdsetup.applyActivityLog(target.minor(), disk),
        Drbdsetup.attach(target.minor(), disk));
    voting(Map.of());
  }

  private void voting(Map<String, String> actual) {
    Map<String, String> changed =
        Options.changed(Map.of(Options.NON_VOTING, Options.yesNo(wanted.nonVoting())), actual);
    if (!changed.isEmpty()) {
      draft.add(CHANGE, Drbdsetup.diskOptions(target.minor(), changed));
    }
  }
}

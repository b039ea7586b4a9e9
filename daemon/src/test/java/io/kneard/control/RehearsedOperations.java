package io.kneard.control;

import io.kneard.ctl.api.ActiveValidator;
import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.ctl.api.ReloadReport;
import io.kneard.ctl.api.StateChange;
import io.kneard.ctl.api.StatusReport;
import io.kneard.ctl.api.SwitchoverReport;
import io.kneard.ctl.api.SwitchoverRequest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A daemon that answers what a test told it to. */
final class RehearsedOperations implements Operations {
  final StateChanges changes = new StateChanges();
  final AtomicInteger pauses = new AtomicInteger();
  final AtomicReference<MaintenanceRequest> planned = new AtomicReference<>();
  final CountDownLatch handover = new CountDownLatch(1);

  static StateChange change(long sequence) {
    return new StateChange(
        sequence, Instant.parse("2026-01-01T00:00:00Z"), "Voting", "Validating", "lock acquired");
  }

  static StatusReport report() {
    return new StatusReport(
        "node-1",
        "pool.near",
        "0.1.0",
        4711,
        "Voting",
        Instant.parse("2026-01-01T00:00:00Z"),
        "session opened",
        false,
        "out",
        null,
        new StatusReport.Lock("consul", true, null, false, "node-2", "host-2", 7L, "abc"),
        new StatusReport.Neard(99L, "standby", "2.1.0", true, null, 1234L, false, null, 1),
        report(MaintenanceReport.NONE),
        null,
        null);
  }

  private static MaintenanceReport report(String phase) {
    return new MaintenanceReport(phase, null, null, null, 1234L, null, null, null, "nothing");
  }

  @Override
  public StatusReport status() {
    return report();
  }

  @Override
  public ActiveValidator activeValidator() {
    return new ActiveValidator("node-2", "host-2", true, 7, false);
  }

  @Override
  public MaintenanceReport maintenance() {
    return report(MaintenanceReport.NONE);
  }

  @Override
  public MaintenanceReport planMaintenance(MaintenanceRequest request) {
    planned.set(request);
    return report(MaintenanceReport.PLANNED);
  }

  @Override
  public MaintenanceReport cancelMaintenance() throws Refusal {
    throw Refusal.wrongState("nothing to cancel in Syncing");
  }

  @Override
  public SwitchoverReport switchover(SwitchoverRequest request) throws Refusal {
    try {
      if (!handover.await(20, TimeUnit.SECONDS)) {
        throw Refusal.upstream("no handover");
      }
    } catch (InterruptedException e) {
      throw Refusal.busy("the daemon is ending");
    }
    return new SwitchoverReport("node-1", request.to(), 420L, "handed over");
  }

  @Override
  public StatusReport pause() {
    pauses.incrementAndGet();
    return report();
  }

  @Override
  public StatusReport resume() {
    throw new IllegalStateException("secret details of a mistake");
  }

  @Override
  public ReloadReport reload() {
    return new ReloadReport(List.of("lock.token-file"), List.of(), List.of());
  }

  @Override
  public CheckReport check() {
    return new CheckReport(List.of());
  }

  @Override
  public StateChanges.Subscription subscribe() {
    return changes.subscribe();
  }
}

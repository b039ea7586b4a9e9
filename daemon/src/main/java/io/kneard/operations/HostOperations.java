package io.kneard.operations;

import io.kneard.control.Operations;
import io.kneard.control.Refusal;
import io.kneard.control.StateChanges;
import io.kneard.ctl.api.ActiveValidator;
import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.ctl.api.ReloadReport;
import io.kneard.ctl.api.StatusReport;
import io.kneard.ctl.api.SwitchoverReport;
import io.kneard.ctl.api.SwitchoverRequest;
import io.kneard.lock.LeaderLock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** All operations of one running host. */
public final class HostOperations implements Operations {
  private final Identity self;
  private final Supervised host;
  private final LeaderLock lock;
  private final Maintenance maintenance;
  private final Switchover switchover;
  private final Pause pause;
  private final Reload reload;
  private final Check check;
  private final StateChanges changes;
  private final Supplier<Optional<String>> database;

  /**
   * Of the parts that do the work; {@code pauses} is where a pause is kept, {@code database} says
   * how far the cluster's database is, if there is one.
   */
  public HostOperations(
      Identity self,
      Supervised host,
      MaintainedNeard neard,
      LeaderLock lock,
      PauseFile pauses,
      Reload reload,
      Check check,
      StateChanges changes,
      Supplier<Optional<String>> database) {
    this.self = self;
    this.host = host;
    this.lock = lock;
    this.maintenance = new Maintenance(host, neard, self.accountId());
    this.switchover = new Switchover(host, lock, self.nodeId());
    this.pause = new Pause(host, pauses);
    this.reload = reload;
    this.check = check;
    this.changes = changes;
    this.database = database;
  }

  @Override
  public StatusReport status() {
    return StatusView.of(
        host.current(),
        self,
        host.neardPid(),
        maintenance.report(),
        database.get(),
        host.now(),
        Instant.now());
  }

  @Override
  public ActiveValidator activeValidator() throws Refusal {
    return ActiveValidatorView.of(lock, self.nodeId());
  }

  @Override
  public MaintenanceReport maintenance() {
    return maintenance.report();
  }

  @Override
  public MaintenanceReport planMaintenance(MaintenanceRequest request) throws Refusal {
    return maintenance.plan(request);
  }

  @Override
  public MaintenanceReport cancelMaintenance() throws Refusal {
    return maintenance.cancel();
  }

  @Override
  public SwitchoverReport switchover(SwitchoverRequest request) throws Refusal {
    return switchover.run(request);
  }

  @Override
  public StatusReport pause() throws Refusal {
    pause.set(true);
    return status();
  }

  @Override
  public StatusReport resume() throws Refusal {
    pause.set(false);
    return status();
  }

  @Override
  public ReloadReport reload() {
    return reload.run();
  }

  @Override
  public CheckReport check() {
    return check.run(Optional.of(host));
  }

  @Override
  public StateChanges.Subscription subscribe() {
    return changes.subscribe();
  }
}

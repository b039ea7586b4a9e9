package io.kneard.control;

import io.kneard.ctl.api.ActiveValidator;
import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.ctl.api.ReloadReport;
import io.kneard.ctl.api.StatusReport;
import io.kneard.ctl.api.SwitchoverReport;
import io.kneard.ctl.api.SwitchoverRequest;

/**
 * What operators can ask of the daemon. Called from many threads; every call takes a bounded time
 * and throws {@link Refusal} if it does not do what was asked. An interrupt means that the daemon
 * is ending and that nobody waits for the answer any more.
 */
public interface Operations {
  /** What the daemon knows of itself; from memory, at once. */
  StatusReport status();

  /** Who holds the lock. */
  ActiveValidator activeValidator() throws Refusal;

  /** How far the planned stop is; from memory, at once. */
  MaintenanceReport maintenance();

  /** Plans a stop, and answers once neard has taken it. */
  MaintenanceReport planMaintenance(MaintenanceRequest request) throws Refusal;

  /** Undoes the plan; the answer says what was undone. */
  MaintenanceReport cancelMaintenance() throws Refusal;

  /** Hands over, and answers when that has ended one way or another; at most a minute. */
  SwitchoverReport switchover(SwitchoverRequest request) throws Refusal;

  /** Holds promotions and planned demotions back. */
  StatusReport pause() throws Refusal;

  /** Ends a pause. */
  StatusReport resume() throws Refusal;

  /** Reads the settings again. */
  ReloadReport reload() throws Refusal;

  /** Looks at everything the daemon depends on. */
  CheckReport check() throws Refusal;

  /** The changes of state from now on, after those that are remembered. */
  StateChanges.Subscription subscribe() throws Refusal;
}

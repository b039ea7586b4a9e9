package io.kneard.operations;

import io.kneard.control.Refusal;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.neard.PlannedStop;
import io.kneard.supervisor.Supervision;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The planned stop of neard (spec/failover.md, "Command"). */
final class Maintenance {
  /** How long neard may take to apply a reload: it looks for one every second. */
  private static final Duration RELOADS = Duration.ofSeconds(5);

  /** How long a request waits for another one to end. */
  private static final Duration TURN = Duration.ofSeconds(10);

  private final Supervised host;
  private final StopPlanner planner;
  private final StopCanceller canceller;
  private final PlanView view;
  private final ReentrantLock turn = new ReentrantLock();

  Maintenance(Supervised host, MaintainedNeard neard, String accountId) {
    PlannedStop stop = new PlannedStop(neard, RELOADS);
    this.host = host;
    this.view = new PlanView(host::now);
    this.planner = new StopPlanner(host, neard, stop, accountId, view::chosen);
    this.canceller = new StopCanceller(host, stop);
  }

  /** How far it is; from memory, at once. */
  MaintenanceReport report() {
    return view.of(host.current());
  }

  /** Plans a stop; answers once neard has confirmed the height, or, in Voting, is stopping. */
  MaintenanceReport plan(MaintenanceRequest request) throws Refusal {
    Wish wish = Wish.of(request);
    return inTurn(() -> planner.plan(wish));
  }

  /** Undoes the plan, as long as neard has not begun to stop. */
  MaintenanceReport cancel() throws Refusal {
    return inTurn(canceller::cancel);
  }

  private interface Request {
    Supervision answer() throws Refusal, InterruptedException;
  }

  /** One after the other: a plan and a cancellation that mix could leave a height behind. */
  private MaintenanceReport inTurn(Request request) throws Refusal {
    try {
      if (!turn.tryLock(TURN.toSeconds(), TimeUnit.SECONDS)) {
        throw Refusal.busy("another request for a planned stop is being carried out; try again");
      }
      try {
        return view.of(request.answer());
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.busy("the daemon is stopping, and neard with it");
    }
  }
}

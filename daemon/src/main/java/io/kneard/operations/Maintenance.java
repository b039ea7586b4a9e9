package io.kneard.operations;

import io.kneard.control.Refusal;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.maintenance.StopHeight;
import io.kneard.maintenance.StopHeight.Choice;
import io.kneard.maintenance.Window;
import io.kneard.neard.PlannedStop;
import io.kneard.neard.PlannedStop.Outcome;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Key;
import io.kneard.supervisor.Node;
import io.kneard.supervisor.Plan;
import io.kneard.supervisor.State;
import io.kneard.supervisor.Supervision;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The planned stop of neard (spec/failover.md, "Command").
 *
 * <p>The supervisor learns of a plan before neard does, and forgets it after neard: so a stop at
 * the height is never taken for a crash. What neard does not confirm is undone and said.
 */
final class Maintenance {
  /** How long the supervisor may take to go by what it is told. */
  private static final Duration TAKES = Duration.ofSeconds(2);

  /** How long neard may take to apply a reload: it looks for one every second. */
  private static final Duration RELOADS = Duration.ofSeconds(5);

  /** How long a request waits for another one to end. */
  private static final Duration TURN = Duration.ofSeconds(10);

  private final Supervised host;
  private final MaintainedNeard neard;
  private final String accountId;
  private final PlannedStop stop;
  private final PlanView view;
  private final ReentrantLock turn = new ReentrantLock();

  Maintenance(Supervised host, MaintainedNeard neard, String accountId) {
    this.host = host;
    this.neard = neard;
    this.accountId = accountId;
    this.stop = new PlannedStop(neard, RELOADS);
    this.view = new PlanView(host::now);
  }

  /** How far it is; from memory, at once. */
  MaintenanceReport report() {
    return view.of(host.current());
  }

  /** Plans a stop; answers once neard has confirmed the height, or, in Voting, is stopping. */
  MaintenanceReport plan(MaintenanceRequest request) throws Refusal {
    Wish wish = Wish.of(request);
    return inTurn(
        () -> {
          Supervision now = host.current();
          requireNoPlan(now.plan());
          return switch (now.state()) {
            case VOTING -> atOnce(wish, now);
            case VALIDATING -> atHeight(wish, now);
            case STARTUP, SYNCING, REGISTERING, SHUTDOWN -> throw wrongState(now);
          };
        });
  }

  /** Undoes the plan, as long as neard has not begun to stop. */
  MaintenanceReport cancel() throws Refusal {
    return inTurn(
        () -> {
          Plan plan = host.current().plan();
          return switch (plan.phase()) {
            case PLANNED -> cancel(plan);
            case STOPPING, RESTARTING -> throw tooLate(plan);
            case NONE, DONE, CANCELLED, FAILED ->
                throw Refusal.refused("nothing is planned, so nothing was cancelled");
          };
        });
  }

  private interface Request {
    MaintenanceReport answer() throws Refusal, InterruptedException;
  }

  /** One after the other: a plan and a cancellation that mix could leave a height behind. */
  private MaintenanceReport inTurn(Request request) throws Refusal {
    try {
      if (!turn.tryLock(TURN.toSeconds(), TimeUnit.SECONDS)) {
        throw Refusal.busy("another request for a planned stop is being carried out; try again");
      }
      try {
        return request.answer();
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.busy("the daemon is stopping, and neard with it");
    }
  }

  private static void requireNoPlan(Plan plan) throws Refusal {
    if (plan.active()) {
      String which =
          plan.height().map(height -> "a stop at height " + height).orElse("a stop at once");
      throw Refusal.refused(
          "%s is under way already (%s); wait for it, or `kneardctl maintenance-shutdown --cancel`"
              .formatted(which, plan.message()));
    }
  }

  private static Refusal wrongState(Supervision s) {
    return Refusal.wrongState(
        "this host is in %s (%s): a stop is planned in Voting and Validating only"
            .formatted(s.state().title(), s.why()));
  }

  private MaintenanceReport atOnce(Wish wish, Supervision before)
      throws Refusal, InterruptedException {
    if (wish.shutdownAt().isPresent()) {
      throw Refusal.refused(
          "shutdown_at = %d: in Voting neard has no duties and is stopped at once; leave it out"
              .formatted(wish.shutdownAt().getAsLong()));
    }
    Event.StopPlanned event = new Event.StopPlanned(Optional.empty(), wish.stay(), "");
    return view.of(take(event, before.plan()));
  }

  private MaintenanceReport atHeight(Wish wish, Supervision before)
      throws Refusal, InterruptedException {
    if (!(before.key() instanceof Key.Live) || !(before.node() instanceof Node.Up)) {
      throw Refusal.refused("the key is on its way in or out of neard; try again in a moment");
    }
    Choice.At choice = choose(wish);
    view.chosen(choice);
    Event.StopPlanned event =
        new Event.StopPlanned(Optional.of(choice.height()), wish.stay(), sentence(choice, wish));
    Plan plan = take(event, before.plan()).plan();
    try {
      Outcome outcome = stop.set(choice.height(), stands(plan));
      return outcome instanceof Outcome.Unconfirmed open && stands(plan).getAsBoolean()
          ? undo(plan, open.why())
          : asItIs();
    } catch (IOException e) {
      return undo(plan, "neard was not told: " + e.getMessage());
    }
  }

  private Choice.At choose(Wish wish) throws Refusal {
    Choice choice;
    try {
      choice =
          wish.shutdownAt().isPresent()
              ? StopHeight.at(wish.shutdownAt().getAsLong(), neard.height())
              : StopHeight.inWindow(windows(), wish.minimumLength(), neard.height());
    } catch (IOException e) {
      throw Refusal.upstream("nothing was planned, neard was no help: " + e.getMessage());
    }
    if (choice instanceof Choice.Nowhere nowhere) {
      throw Refusal.refused(nowhere.why());
    }
    return (Choice.At) choice;
  }

  private List<Window> windows() throws IOException {
    return neard.windows(accountId).stream()
        .filter(quiet -> quiet.start() >= 0 && quiet.end() > quiet.start())
        .map(quiet -> new Window(quiet.start(), quiet.end()))
        .toList();
  }

  private static String sentence(Choice.At choice, Wish wish) {
    String where =
        choice
            .window()
            .map(w -> ", in the window from %d to %d,".formatted(w.start(), w.end() - 1))
            .orElse("");
    String then = wish.stay() ? "stays down; the daemon ends with it" : "is started again";
    return "neard stops at height %d%s and %s".formatted(choice.height(), where, then);
  }

  /** Answers as soon as the supervisor goes by the plan: it may go on within milliseconds. */
  private Supervision take(Event.StopPlanned event, Plan before)
      throws Refusal, InterruptedException {
    host.tell(event);
    Optional<Supervision> taken = host.await(s -> !s.plan().equals(before), TAKES);
    if (taken.isPresent()) {
      return taken.get();
    }
    host.tell(new Event.StopUnplanned(true, "it was taken too late")); // if it still is
    Supervision now = host.current();
    if (now.state() == State.VOTING || now.state() == State.VALIDATING) {
      throw Refusal.refused(
          "the key or the lock is on the move in %s; try again in a moment"
              .formatted(now.state().title()));
    }
    throw wrongState(now);
  }

  /** Whether it is this plan that waits for its height. */
  private BooleanSupplier stands(Plan plan) {
    return () -> stands(plan, host.current());
  }

  private static boolean stands(Plan plan, Supervision now) {
    return now.plan().phase() == Plan.Phase.PLANNED && now.plan().plannedAt() == plan.plannedAt();
  }

  /** neard did not confirm the height: nothing that is not certain stays planned. */
  private MaintenanceReport undo(Plan plan, String why) throws Refusal, InterruptedException {
    String message = why + ". " + takeBack(plan);
    host.tell(new Event.StopUnplanned(true, message));
    host.await(s -> !stands(plan, s), TAKES);
    return asItIs();
  }

  private String takeBack(Plan plan) throws InterruptedException {
    try {
      return stop.clear(stands(plan)) instanceof Outcome.Confirmed
          ? "The height was taken back, and neard has confirmed that; nothing is planned"
          : "The height was taken out of neard's configuration again, which neard has not confirmed"
              + " either: should it have read it, it stops at %d and is started again as after a"
                  .formatted(plan.height().orElseThrow())
              + " crash. Its log says more";
    } catch (IOException e) {
      return "The height could not be taken out of neard's configuration again: " + e.getMessage();
    }
  }

  /** The plan, wherever it has got to; a failure is an error to whoever asked for it. */
  private MaintenanceReport asItIs() throws Refusal {
    Supervision now = host.current();
    if (now.plan().phase() == Plan.Phase.FAILED) {
      throw Refusal.upstream(now.plan().message());
    }
    return view.of(now);
  }

  private MaintenanceReport cancel(Plan plan) throws Refusal, InterruptedException {
    long height = plan.height().orElseThrow();
    if (host.current().node() instanceof Node.Up up
        && height - up.view().height() < StopHeight.MARGIN) {
      throw Refusal.refused(
          "too late, nothing was changed: at height %d neard stops at %d before it has heard"
              .formatted(up.view().height(), height));
    }
    String open = "";
    try {
      if (stop.clear(stands(plan)) instanceof Outcome.Unconfirmed unconfirmed) {
        open =
            "neard was told to forget the height, but has not confirmed it: " + unconfirmed.why();
      }
    } catch (IOException e) {
      open = "neard was not told to forget the height: " + e.getMessage();
    }
    if (!stands(plan).getAsBoolean()) {
      throw tooLate(host.current().plan());
    }
    if (!open.isEmpty()) {
      throw Refusal.upstream(open + ". The plan stands: neard may stop at height " + height);
    }
    String done = "cancelled; neard has confirmed that it no longer stops at height " + height;
    host.tell(new Event.StopUnplanned(false, done));
    return host.await(s -> !stands(plan, s), TAKES)
        .filter(s -> s.plan().phase() == Plan.Phase.CANCELLED)
        .map(view::of)
        .orElseThrow(() -> tooLate(host.current().plan()));
  }

  private static Refusal tooLate(Plan plan) {
    return Refusal.refused("too late, nothing was cancelled: " + plan.message());
  }
}

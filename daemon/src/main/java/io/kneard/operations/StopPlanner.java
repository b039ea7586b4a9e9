package io.kneard.operations;

import io.kneard.control.Refusal;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plans a stop. The supervisor learns of it before neard does: so a stop at the height is never
 * taken for a crash. What neard does not confirm is undone, and said.
 */
final class StopPlanner {
  private final Supervised host;
  private final MaintainedNeard neard;
  private final PlannedStop stop;
  private final String accountId;
  private final Consumer<Choice.At> chosen;

  /**
   * @param chosen hears of each choice before the supervisor does
   */
  StopPlanner(
      Supervised host,
      MaintainedNeard neard,
      PlannedStop stop,
      String accountId,
      Consumer<Choice.At> chosen) {
    this.host = host;
    this.neard = neard;
    this.stop = stop;
    this.accountId = accountId;
    this.chosen = chosen;
  }

  /** Answers with what is known once neard has confirmed the height, or, in Voting, is stopping. */
  Supervision plan(Wish wish) throws Refusal, InterruptedException {
    Supervision now = host.current();
    if (now.plan().active()) {
      throw Refusal.refused(
          "one is under way already (%s); wait for it, or `kneardctl maintenance-shutdown --cancel`"
              .formatted(now.plan().message()));
    }
    return switch (now.state()) {
      case VOTING -> atOnce(wish, now);
      case VALIDATING -> atHeight(wish, now);
      case STARTUP, SYNCING, REGISTERING, SHUTDOWN -> throw wrongState(now);
    };
  }

  private static Refusal wrongState(Supervision s) {
    return Refusal.wrongState(
        "this host is in %s (%s): a stop is planned in Voting and Validating only"
            .formatted(s.state().title(), s.why()));
  }

  private Supervision atOnce(Wish wish, Supervision before) throws Refusal, InterruptedException {
    if (wish.shutdownAt().isPresent()) {
      throw Refusal.refused(
          "shutdown_at = %d: in Voting neard has no duties and is stopped at once; leave it out"
              .formatted(wish.shutdownAt().getAsLong()));
    }
    return take(new Event.StopPlanned(Optional.empty(), wish.stay(), ""), before.plan());
  }

  private Supervision atHeight(Wish wish, Supervision before) throws Refusal, InterruptedException {
    if (!(before.key() instanceof Key.Live) || !(before.node() instanceof Node.Up)) {
      throw Refusal.refused("the key is on its way in or out of neard; try again in a moment");
    }
    if (before.paused() && wish.stay()) {
      throw Refusal.refused(
          "paused: a signer that stays down hands over; `kneardctl resume` it first");
    }
    Choice.At choice = choose(wish);
    chosen.accept(choice);
    Event.StopPlanned event =
        new Event.StopPlanned(Optional.of(choice.height()), wish.stay(), sentence(choice, wish));
    StandingPlan plan = new StandingPlan(host, take(event, before.plan()).plan());
    try {
      Outcome outcome = stop.set(choice.height(), plan);
      if (outcome instanceof Outcome.Unconfirmed open && plan.getAsBoolean()) {
        undo(plan, open.why());
      }
    } catch (IOException e) {
      if (plan.getAsBoolean()) {
        undo(plan, "neard was not told: " + e.getMessage());
      }
    }
    return asItIs();
  }

  private Choice.At choose(Wish wish) throws Refusal {
    Choice choice;
    try {
      choice =
          wish.shutdownAt().isPresent()
              ? StopHeight.at(wish.shutdownAt().getAsLong(), neard.height())
              : StopHeight.inWindow(windows(), wish.minimumLength(), neard.height());
    } catch (IOException e) {
      throw Refusal.upstream("nothing was planned: " + e.getMessage());
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

  /** What is known as soon as the supervisor goes by the plan, which may go on at once. */
  private Supervision take(Event.StopPlanned event, Plan before)
      throws Refusal, InterruptedException {
    host.tell(event);
    Optional<Supervision> taken = host.await(s -> !s.plan().equals(before), StandingPlan.TAKES);
    if (taken.isPresent()) {
      return taken.get();
    }
    host.tell(new Event.StopUnplanned(true, "it was taken too late")); // if it still is
    Supervision now = host.current();
    if (now.state() != State.VOTING && now.state() != State.VALIDATING) {
      throw wrongState(now);
    }
    throw Refusal.refused(
        "the key or the lock is on the move in %s; try again in a moment"
            .formatted(now.state().title()));
  }

  /** neard did not confirm the height: what is not certain does not stay planned. */
  private void undo(StandingPlan plan, String why) throws Refusal, InterruptedException {
    String message = why + ". " + takenBack(plan);
    if (plan.end(true, message).isEmpty()) {
      throw Refusal.upstream(message); // and the supervisor, too, is slow to hear of it
    }
  }

  private String takenBack(StandingPlan plan) throws InterruptedException {
    try {
      return stop.clear(plan) instanceof Outcome.Confirmed
          ? "The height was taken back, and neard has confirmed that: nothing is planned"
          : "The height was taken out of neard's configuration again, and neard was told, which it"
              + " has not confirmed either: its log says why. Should it have read the height, it"
              + " stops at %d, and another host takes over".formatted(plan.height());
    } catch (IOException e) {
      return "The height could not be taken out of neard's configuration: " + e.getMessage();
    }
  }

  /** The plan may have got further meanwhile; if it failed, that is said to whoever asked. */
  private Supervision asItIs() throws Refusal {
    Supervision now = host.current();
    if (now.plan().phase() == Plan.Phase.FAILED) {
      throw Refusal.upstream(now.plan().message());
    }
    return now;
  }
}

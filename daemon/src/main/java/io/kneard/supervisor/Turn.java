package io.kneard.supervisor;

import io.kneard.supervisor.Supervision.Acquired;
import io.kneard.supervisor.Supervision.Fence;
import io.kneard.supervisor.Supervision.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One decision in the making: what is known, open to change, and the orders so far. Lives for one
 * call of {@link Supervisor#decide} and is seen by nobody else.
 */
final class Turn {
  final Rules rules;
  final long now;

  Node node;
  Key key;
  Session session;
  Lock lock;
  Acquired acquired;
  Probe probe;
  Fence fence;
  boolean paused;
  long notBefore;
  Plan plan;
  Optional<Integer> exit;
  long starts;
  Bound bound;

  private State state;
  private long since;
  private String why;
  private boolean moved;
  private final List<Order> orders = new ArrayList<>(4);

  Turn(Rules rules, Supervision s, long now) {
    this.rules = rules;
    this.now = now;
    this.state = s.state();
    this.since = s.since();
    this.why = s.why();
    this.node = s.node();
    this.key = s.key();
    this.session = s.session();
    this.lock = s.lock();
    this.acquired = s.acquired();
    this.probe = s.probe();
    this.fence = s.fence();
    this.paused = s.paused();
    this.notBefore = s.notBefore();
    this.plan = s.plan();
    this.exit = s.exit();
    this.starts = s.starts();
    this.bound = s.bound();
  }

  State state() {
    return state;
  }

  /** When the state was entered. */
  long since() {
    return since;
  }

  /** Why the state was entered. */
  String why() {
    return why;
  }

  boolean in(State... states) {
    for (State each : states) {
      if (state == each) {
        return true;
      }
    }
    return false;
  }

  /** Whether the state has moved in this turn; a second move waits for the next one. */
  boolean moved() {
    return moved;
  }

  /**
   * The one place where the state changes.
   *
   * @throws IllegalStateException if the specification does not have the move
   */
  void enter(State next, String reason) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(
          "ILLEGAL TRANSITION: %s -> %s (%s)".formatted(state, next, reason));
    }
    if (moved) {
      throw new IllegalStateException(
          "second move in one turn: %s -> %s (%s)".formatted(state, next, reason));
    }
    state = next;
    since = now;
    why = reason;
    moved = true;
  }

  void order(Order order) {
    orders.add(order);
  }

  /** The lock store did not do what it was asked. */
  void trouble(String reason) {
    lock = lock.troubled(reason);
  }

  Decision decision() {
    Supervision next =
        new Supervision(
            state, since, why, node, key, session, lock, acquired, probe, fence, paused, notBefore,
            plan, exit, starts, bound);
    return new Decision(next, List.copyOf(orders));
  }
}

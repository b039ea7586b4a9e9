package io.kneard.supervisor;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of the specification and the moves between them.
 *
 * <pre>
 *            ┌───────────────┬─────────────────┬───────────────┐
 *            ▼               │                 │               │
 *   ┌─────────┐   ┌─────────┐   ┌─────────────┐   ┌────────┐   ┌────────────┐
 *   │ STARTUP │──▶│ SYNCING │──▶│ REGISTERING │──▶│ VOTING │──▶│ VALIDATING │
 *   └─────────┘   └─────────┘   └─────────────┘   └────────┘   └────────────┘
 *                      ▲               │  ▲            │ ▲            │
 *                      └───────────────┴──┼────────────┘ └────────────┤
 *                                         └────────────┴──────────────┘
 *   from anywhere: SHUTDOWN
 * </pre>
 */
public enum State {
  /** neard is started; its {@code /status} has not answered yet. */
  STARTUP("Startup"),
  /** neard answers and is catching up with the chain. */
  SYNCING("Syncing"),
  /** neard is in sync; a session in the lock store is being opened. */
  REGISTERING("Registering"),
  /** A session is open; the lock is another host's, or about to be taken. */
  VOTING("Voting"),
  /** The lock is held; only here may a key be in the process. */
  VALIDATING("Validating"),
  /** The daemon is ending. */
  SHUTDOWN("Shutdown");

  private final String title;

  State(String title) {
    this.title = title;
  }

  /** The name in the specification, in metrics and towards people. */
  public String title() {
    return title;
  }

  /** Whether the specification has the move. */
  public boolean mayBecome(State to) {
    return successors().contains(to);
  }

  private Set<State> successors() {
    return switch (this) {
      case STARTUP -> EnumSet.of(SYNCING, SHUTDOWN);
      case SYNCING -> EnumSet.of(STARTUP, REGISTERING, SHUTDOWN);
      case REGISTERING -> EnumSet.of(STARTUP, SYNCING, VOTING, SHUTDOWN);
      case VOTING -> EnumSet.of(STARTUP, SYNCING, REGISTERING, VALIDATING, SHUTDOWN);
      case VALIDATING -> EnumSet.of(STARTUP, REGISTERING, VOTING, SHUTDOWN);
      case SHUTDOWN -> EnumSet.noneOf(State.class);
    };
  }
}

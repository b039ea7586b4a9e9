package io.kneard.supervisor;

import java.util.Optional;

/** The neard process, as far as the supervisor knows. */
public sealed interface Node {

  /**
   * There is no process.
   *
   * @param startAt when to start one
   * @param attempts how many starts in a row did not get as far as an answer of {@code /status}
   * @param why the reason for the last process's end, or for there having been none; empty at first
   */
  record Down(long startAt, int attempts, Optional<String> why) implements Node {}

  /**
   * A start was ordered; {@code /status} has not answered yet.
   *
   * @param running whether the process is known to exist
   * @param before why the last start failed; empty if it did not
   */
  record Starting(Role role, long since, int attempts, boolean running, Optional<String> before)
      implements Node {

    Starting runs() {
      return new Starting(role, since, attempts, true, before);
    }
  }

  /**
   * {@code /status} has answered at least once.
   *
   * @param failures uninterrupted failed requests
   * @param view the last answer
   * @param viewedAt when the request for that answer was sent
   */
  record Up(Role role, int failures, NeardView view, long viewedAt) implements Node {

    /** Whether the last answer still says something about now. */
    boolean isFresh(Turn t) {
      return failures == 0 && t.now - viewedAt < t.rules.viewLifetime();
    }
  }

  /**
   * It was told to end, and is not known to be dead.
   *
   * @param then how to start it again as soon as it is dead, without a change of state
   * @param killAt when to send SIGKILL, and send it again
   * @param attempts how many starts in a row this was the last of; 0 if {@code /status} answered
   */
  record Stopping(Optional<Role> then, long killAt, int attempts) implements Node {}

  /** Whether there may be a process. */
  default boolean exists() {
    return !(this instanceof Down);
  }
}

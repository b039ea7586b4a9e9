package io.kneard.supervisor;

import io.kneard.lock.Handover;
import java.util.Optional;

/** Where the validator key is, seen from the running neard process. */
public sealed interface Key {

  /** Not in the process: confirmed, or there is no process. */
  record Out() implements Key {}

  /**
   * Not in the process; the lock is held.
   *
   * @param until when every earlier holder has certainly stopped signing
   */
  record Settling(long until) implements Key {}

  /**
   * It may be in the process.
   *
   * @param since when the promotion began
   * @param placed when neard was told to use it; empty before
   */
  record GoingIn(Promotion mode, long since, Optional<Long> placed) implements Key {}

  /** The process has confirmed that it uses it. */
  record Live(Promotion mode, long since) implements Key {}

  /**
   * It is in the process and on its way out.
   *
   * @param since when the demotion began
   * @param removed when neard was told to forget it; empty if it is being stopped instead, or not
   *     told yet
   * @param killAt when to stop waiting and kill the process
   * @param target the state to go to once it is out
   * @param why the reason to be given for that move
   * @param handover the wish to leave in the lock
   */
  record GoingOut(
      long since,
      Optional<Long> removed,
      long killAt,
      State target,
      String why,
      Optional<Handover> handover)
      implements Key {

    GoingOut killAt(long at) {
      return new GoingOut(since, removed, at, target, why, handover);
    }

    GoingOut removed(long at) {
      return new GoingOut(since, Optional.of(at), killAt, target, why, handover);
    }

    GoingOut towards(State newTarget, String reason) {
      return new GoingOut(since, removed, killAt, newTarget, reason, handover);
    }
  }

  /** Whether the process may hold the key: then the fence must have a deadline. */
  default boolean mayBeInProcess() {
    return !(this instanceof Out || this instanceof Settling);
  }
}

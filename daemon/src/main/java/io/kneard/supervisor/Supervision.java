package io.kneard.supervisor;

import java.util.Optional;

/**
 * Everything one host's supervisor knows; immutable.
 *
 * @param state the state of the specification
 * @param since when it was entered
 * @param why the reason for entering it
 * @param node the neard process
 * @param key where the validator key is
 * @param session this host's session
 * @param lock the lock as last seen
 * @param acquired where in the store's history this host took the lock it holds
 * @param probe when to ask {@code /status} next
 * @param fence what the fence was told
 * @param paused whether promotions and planned demotions are held back
 * @param notBefore not to take the lock before, after a planned handover or a failed promotion
 * @param plan the planned stop of neard
 * @param exit the exit status wanted; empty while the daemon is to go on
 * @param starts how often neard was started
 * @param bound the volume that goes with the validator
 */
public record Supervision(
    State state,
    long since,
    String why,
    Node node,
    Key key,
    Session session,
    Lock lock,
    Acquired acquired,
    Probe probe,
    Fence fence,
    boolean paused,
    long notBefore,
    Plan plan,
    Optional<Integer> exit,
    long starts,
    Bound bound) {

  /**
   * Where in the store's history this host took the lock.
   *
   * @param epoch how often the lock was acquired so far
   * @param index observations older than this say nothing about this holding
   */
  public record Acquired(long epoch, long index) {
    static final Acquired NEVER = new Acquired(0, 0);
  }

  /**
   * The requests of {@code /status}.
   *
   * @param busy whether one is under way
   * @param at when to send the next
   * @param problem why the last failed; empty if it did not
   */
  public record Probe(boolean busy, long at, Optional<String> problem) {}

  /**
   * The fence's deadline.
   *
   * @param ordered what it was told last; empty for none
   * @param orderedAt when
   * @param taken what it acknowledged last
   */
  public record Fence(Optional<Long> ordered, long orderedAt, Optional<Long> taken) {
    static final Fence OPEN = new Fence(Optional.empty(), 0, Optional.empty());

    boolean hung(long now) {
      return ordered.isPresent()
          && !ordered.equals(taken)
          && now - orderedAt >= Rules.FENCE_PATIENCE;
    }
  }

  /**
   * The beginning.
   *
   * @param earlierSession the session of a daemon that did not end in order; it is given up as soon
   *     as it is certain that its neard is dead
   */
  public static Supervision initial(Optional<String> earlierSession, boolean paused, long now) {
    Session session =
        earlierSession
            .<Session>map(id -> Session.Ending.left(id, now))
            .orElse(new Session.None(now));
    return new Supervision(
        State.STARTUP,
        now,
        "the daemon started",
        new Node.Down(now, 0, Optional.empty()),
        new Key.Out(),
        session,
        Lock.unknown(now),
        Acquired.NEVER,
        new Probe(false, now, Optional.empty()),
        Fence.OPEN,
        paused,
        now,
        Plan.none(now),
        Optional.empty(),
        0,
        Bound.NONE);
  }

  /** How often neard was started again. */
  public long restarts() {
    return Math.max(0, starts - 1);
  }

  /** Whether the lock is this host's. */
  public boolean holdsLock() {
    return state == State.VALIDATING || key.mayBeInProcess();
  }

  /** Since when the key is held back for the volume that goes with it; empty if it is not. */
  public Optional<Long> waitsForVolumeSince() {
    boolean ordered = bound.asked().equals(Optional.of(true));
    return key instanceof Key.Settling && ordered && !bound.usable()
        ? Optional.of(since)
        : Optional.empty();
  }

  /** When signing must have ended unless the lock is renewed; empty without a key. */
  public Optional<Long> deadline() {
    return key.mayBeInProcess() ? fence.ordered() : Optional.empty();
  }
}

package io.kneard.lock;

/** The outcome of trying to take the lock. */
public sealed interface Acquisition {
  /**
   * The lock is this session's.
   *
   * @param epoch how often it was acquired so far; for showing only, never a fencing token
   * @param index observations with a lower index say nothing about this holding
   */
  record Acquired(long epoch, long index) implements Acquisition {}

  /** Another session has it, or it is closed for a while. */
  record Taken() implements Acquisition {}

  /** The store says that this session is gone. */
  record SessionGone() implements Acquisition {}

  /** No answer, or one that says nothing: the lock may be this session's; ask again. */
  record Unreachable(String why) implements Acquisition {}
}

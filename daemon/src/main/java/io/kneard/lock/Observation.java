package io.kneard.lock;

import java.util.Optional;

/** The outcome of looking at the lock. */
public sealed interface Observation {
  /**
   * What the store holds.
   *
   * @param index to be handed to the next look, which then waits for a change
   * @param session the session that holds the lock; empty if it is free
   * @param holder who took it last; empty if the value is missing or not readable
   * @param live whether the holder has confirmed that it signs
   * @param released whether it is free because its holder released it, with the key already out. A
   *     lock that is free for another reason (expired, deleted or invalidated by hand) is not
   * @param handover the wish left with the release
   * @param epoch how often the lock was acquired so far; for showing only
   * @param sign the last sign of life in the lock, of whoever held it last; empty if there is none
   */
  record Seen(
      long index,
      Optional<String> session,
      Optional<Holder> holder,
      boolean live,
      boolean released,
      Optional<Handover> handover,
      long epoch,
      Optional<Sign> sign)
      implements Observation {}

  /** No answer, or one that says nothing; look again. */
  record Unreachable(String why) implements Observation {}
}

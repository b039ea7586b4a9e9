package io.kneard.supervisor;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Ending;
import io.kneard.lock.Handover;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import java.util.Optional;

/** A fact the supervisor is told. Each order that asks for something is answered by exactly one. */
public sealed interface Event {
  /** Time has passed. */
  record Tick() implements Event {}

  /**
   * The clock has gone on by this much for a time in which the host stood still, or its wall clock
   * was set. A lease is older by that; another host is not certainly quiet any sooner.
   */
  record HostStoodStill(long nanos) implements Event {}

  /** The process runs, and no earlier one of this home is left. */
  record NeardStarted(long pid) implements Event {}

  /**
   * The process is dead, or could not be started.
   *
   * @param status its exit status; 128 + N after signal N; -1 if there was none
   * @param why for people
   */
  record NeardExited(int status, String why) implements Event {}

  /** {@code /status} answered; {@code askedAt} is when the request was sent. */
  record StatusOk(long askedAt, NeardView view) implements Event {}

  /** {@code /status} did not answer, or not usefully. */
  record StatusFailed(String why) implements Event {}

  /** The fence has taken a deadline over. */
  record DeadlineTaken(long deadline) implements Event {}

  /** The key is in place and neard was told, at that time. */
  record KeyInserted(long at) implements Event {}

  /** The key could not be put in place, or neard not be told. */
  record KeyInsertFailed(String why) implements Event {}

  /** The key file is gone and neard was told, at that time. */
  record KeyRemoved(long at) implements Event {}

  /** The key file could not be removed, or neard not be told. */
  record KeyRemoveFailed(String why) implements Event {}

  /** A session was asked for; {@code sentAt} is before the request left. */
  record SessionOpening(long sentAt, Opening outcome) implements Event {}

  /** A renewal was tried; {@code sentAt} is before the request left. */
  record SessionRenewal(String session, long sentAt, Renewal outcome) implements Event {}

  /** An acquisition was tried. */
  record LockAcquisition(String session, Acquisition outcome) implements Event {}

  /** A release was tried. */
  record LockRelease(String session, Ending outcome) implements Event {}

  /** The end of a session was tried. */
  record SessionEnding(String session, Ending outcome) implements Event {}

  /** The lock was looked at. */
  record LockObserved(Observation outcome) implements Event {}

  /**
   * The volume that goes with the validator was looked at.
   *
   * @param askedAt before the look began
   * @param attached whether it is attached here
   * @param usable whether it is, and what is written there is taken: with quorum and data
   * @param how what was found, for people
   */
  record VolumeSeen(long askedAt, boolean attached, boolean usable, String how) implements Event {}

  /** The operator or the service manager wants the daemon to end. */
  record StopRequested(String why) implements Event {}

  /** The operator holds back promotions and planned demotions, or no longer does. */
  record PauseRequested(boolean paused) implements Event {}

  /** The operator wants another host to sign; whether one can was checked. */
  record SwitchoverRequested(Optional<Handover> handover) implements Event {}

  /** The operator wants neard to stop at a height, or, in Voting, at once. */
  record StopPlanned(Optional<Long> height, boolean stay, String message) implements Event {}

  /** The planned stop is off: cancelled, or neard did not accept it. */
  record StopUnplanned(boolean failed, String message) implements Event {}
}

package io.kneard.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A safety measure that is taken away, to show that the search notices.
 *
 * <p>Two lines keep a second host from signing too early: the lock moves late enough, and a lock
 * that was not released is waited with until its last holder is certainly quiet. What belongs to
 * the first line would not be missed as long as the second is there. So it is judged without the
 * second one, and without the one fault that needs it, an agent that leaves.
 */
enum Mutant {
  COUNT_FROM_ANSWER("a renewal counts from its answer instead of its sending"),
  COUNT_FROM_LOCK("the lease counts from the taking of the lock", true),
  LOST_RENEWAL_COUNTS("a renewal that was not answered counts as renewed"),
  LOST_ACQUISITION_COUNTS("a request for the lock that was not answered counts as granted"),
  SHORT_TTL("the session lives half as long as the timing says", true),
  CHECKS_WITHOUT_DELAY("the session is bound to the node's check, the lock delay is 0", true),
  NO_SIGNS("a holder gives no sign of life with its renewals"),
  FREE_LOCK_NOT_WAITED_FOR("a free lock is taken at once, whoever held it"),
  SESSION_USED_AGAIN("a session is used again after an attempt to release it"),
  OLD_SESSION_FREED_EARLY("a new daemon frees the old session before the old neard is dead"),
  RELEASE_BEFORE_KEY_OUT("the lock is released when the demotion begins"),
  REMOVAL_UNCONFIRMED("the key counts as out when its file is"),
  KEY_STAYS("the key file is left in place"),
  KEY_WITHOUT_DEADLINE("the key goes in without a deadline on the fence"),
  NO_FENCE("the fence never acts by itself"),
  DURATION_DEADLINE("the fence is given a duration instead of an absolute deadline"),
  FENCE_CLOCK_STOPS("the fence's clock stands still while the host is suspended"),
  FENCE_IGNORES_WALL_CLOCK("the fence does not watch the wall clock"),
  WAITING_BY_WALL_CLOCK("a clock that was set forward shortens the wait for another host"),
  DAEMON_IGNORES_WALL_CLOCK("the daemon does not watch the wall clock"),
  FENCE_SENDS_TERM("the fence sends SIGTERM instead of SIGKILL"),
  NO_DIRECT_KILL("the daemon kills through the fence only"),
  NO_PARENT_DEATH_SIGNAL("neard outlives its fence"),
  NO_HOME_LOCK("a new neard does not wait for the old one's end"),
  SYNC_UNCHECKED("a neard that is not in sync counts as synced"),
  LOOK_NOT_REPEATED("a look at the lock that was not answered is not repeated"),
  COUNT_FROM_COMMIT("embedded: a renewal counts from its answer instead of its sending"),
  UNKNOWN_RENEWAL_COUNTS("embedded: a renewal whose outcome is not known counts as renewed"),
  UNKNOWN_ACQUISITION_COUNTS("embedded: an acquisition of unknown outcome counts as granted"),
  MISSING_ROW_NOT_WATCHED("embedded: a lock without a row is free at once", true),
  STALE_BY_WALL_CLOCK("embedded: a session's silence is counted by the wall clock", true),
  STALE_TOO_SOON("embedded: a session is ended after half its TTL", true),
  ENDED_UNCOMPARED("embedded: a session is ended although its number has changed", true),
  TAKEN_UNCOMPARED("embedded: the lock is taken as it was last seen, not as it is", true),
  LOSS_UNNOTICED("embedded: a renewal does not notice that the lock's row is gone", true),
  SET_BACK_BESIDE_A_SIGNER("embedded: the database is set back while a host signs");

  final String text;

  /** Whether it belongs to the first line, and is judged without the second. */
  final boolean firstLine;

  Mutant(String text) {
    this(text, false);
  }

  Mutant(String text, boolean firstLine) {
    this.text = text;
    this.firstLine = firstLine;
  }

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Mutant> named(String title) {
    return Arrays.stream(values()).filter(each -> each.title().equals(title)).findFirst();
  }
}

package io.kneard.metrics;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One host at one moment, in plain values. What is empty is absent from the page: an old value that
 * looks like a current one is worse than none.
 *
 * @param state the supervisor's
 * @param stateSeconds since it was entered
 * @param uptimeMillis of the daemon
 * @param paused whether promotions are held back
 * @param cluster empty on a host in none
 */
public record HostView(
    String state,
    double stateSeconds,
    long uptimeMillis,
    boolean paused,
    Lock lock,
    Key key,
    Neard neard,
    Optional<Cluster> cluster) {

  /**
   * The leader lock.
   *
   * @param held by this host
   * @param epoch how often it was taken; empty before it was seen
   * @param reachable whether the store answered last; empty before it was asked
   */
  public record Lock(boolean held, OptionalLong epoch, Optional<Boolean> reachable) {}

  /**
   * The validator key.
   *
   * @param mayBeInProcess whether neard may have it
   * @param live whether neard has confirmed it
   * @param deadlineSeconds until neard is killed unless the lock is renewed; empty without the key
   * @param leaseSeconds what a renewal puts that back to
   */
  public record Key(
      boolean mayBeInProcess, boolean live, OptionalDouble deadlineSeconds, double leaseSeconds) {}

  /**
   * The node.
   *
   * @param restarts how often it was started again
   * @param answer its last answer; empty while it is not reachable
   * @param duties empty if it is not in sync, or did not say
   */
  public record Neard(long restarts, Optional<Answer> answer, Optional<Duties> duties) {}

  /**
   * The cluster.
   *
   * @param database the state of its database, one word
   * @param certificateEnds Unix time in seconds; empty if it is not known
   */
  public record Cluster(String database, OptionalDouble certificateEnds) {}

  /** What {@code /status} said. */
  public record Answer(long height, boolean syncing) {}
}

package io.kneard.ctl.api;

import java.time.Instant;

/**
 * What one daemon knows of itself.
 *
 * @param nodeId this host's name towards the others
 * @param accountId the validator's account
 * @param version the daemon's version
 * @param pid the daemon's process id
 * @param state one of Startup, Syncing, Registering, Voting, Validating, Shutdown
 * @param since when that state was entered
 * @param why the reason for entering it, a sentence
 * @param paused whether promotions and planned demotions are held back
 * @param key {@code out}, {@code going in}, {@code live} or {@code going out}
 * @param deadlineLeftSeconds seconds until signing must have ended unless the lock is renewed; null
 *     while no key is in the process
 * @param lock what is known of the leader lock
 * @param neard what is known of the neard process
 * @param maintenance the planned stop
 * @param database how far the cluster's database is, a sentence; null on a host in no cluster
 * @param volume the volume that goes with the validator; null if there is none
 */
public record StatusReport(
    String nodeId,
    String accountId,
    String version,
    long pid,
    String state,
    Instant since,
    String why,
    boolean paused,
    String key,
    Double deadlineLeftSeconds,
    Lock lock,
    Neard neard,
    MaintenanceReport maintenance,
    String database,
    Volume volume) {

  /**
   * The leader lock, as this host last saw it.
   *
   * @param backend {@code consul} or {@code embedded}
   * @param reachable whether the last request to the store was answered
   * @param problem why it is not reachable; null while it is
   * @param held whether this host holds the lock
   * @param holderNodeId the holder's node id; null if the lock is free or unknown
   * @param holderHostname the holder's host name; null if the lock is free or unknown
   * @param epoch how often the lock was acquired so far (Consul: LockIndex); for showing only; null
   *     until the lock was seen once
   * @param session this host's session; null if it has none
   */
  public record Lock(
      String backend,
      boolean reachable,
      String problem,
      boolean held,
      String holderNodeId,
      String holderHostname,
      Long epoch,
      String session) {}

  /**
   * The neard process.
   *
   * @param pid its process id; null while there is none
   * @param role {@code standby} or {@code validator}: how it was started
   * @param version neard's version; null until it answered once
   * @param reachable whether {@code /status} answered last time
   * @param problem why not; null if it answered
   * @param height height of its newest block; null until it answered once
   * @param syncing whether it is catching up; null until it answered once
   * @param publicKey the validator key it says it uses; null if none
   * @param restarts how often neard was started again
   */
  public record Neard(
      Long pid,
      String role,
      String version,
      boolean reachable,
      String problem,
      Long height,
      Boolean syncing,
      String publicKey,
      long restarts) {}

  /**
   * The volume that goes with the validator, as this host last saw it.
   *
   * @param name its name
   * @param attached whether it may be attached here
   * @param usable whether it was found attached, with quorum and data
   * @param how what the last look found, in words; it is looked at while it is wanted here
   * @param waitingSince since when a promotion waits for it; null while none does
   */
  public record Volume(
      String name, boolean attached, boolean usable, String how, Instant waitingSince) {}
}

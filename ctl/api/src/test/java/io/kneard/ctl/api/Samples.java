package io.kneard.ctl.api;

import java.time.Instant;
import java.util.List;

/** Answers of a daemon in good order. */
public final class Samples {
  /** When the daemon of these answers entered its state. */
  public static final Instant SINCE = Instant.parse("2026-03-01T10:00:00Z");

  /** A host that signs. */
  public static final StatusReport VALIDATING =
      new StatusReport(
          "node-a",
          "pool.near",
          "0.1.0",
          4711,
          "Validating",
          SINCE,
          "the lock was acquired and neard confirmed the key",
          false,
          "live",
          17.25,
          new StatusReport.Lock("consul", true, null, true, "node-a", "host-a", 7L, "5f3c"),
          new StatusReport.Neard(
              4712L, "standby", "2.3.1", true, null, 123_456L, false, "ed25519:Abc", 2),
          maintenance(MaintenanceReport.NONE, null, "nothing is planned"),
          null,
          null);

  /** A host whose neard and lock store are away. */
  public static final StatusReport STARTUP =
      new StatusReport(
          "node-b",
          "pool.near",
          "0.1.0",
          815,
          "Startup",
          SINCE,
          "neard ended with exit code 1",
          true,
          "out",
          null,
          new StatusReport.Lock(
              "consul", false, "connection refused", false, null, null, null, null),
          new StatusReport.Neard(
              null, "standby", null, false, "it is not running: exit code 1", null, null, null, 0),
          maintenance(MaintenanceReport.NONE, null, "nothing is planned"),
          null,
          null);

  /** A host that has the lock and waits for the volume that goes with it. */
  public static StatusReport withVolume(StatusReport.Volume volume) {
    StatusReport it = VALIDATING;
    return new StatusReport(
        it.nodeId(),
        it.accountId(),
        it.version(),
        it.pid(),
        it.state(),
        it.since(),
        it.why(),
        it.paused(),
        "out",
        null,
        it.lock(),
        it.neard(),
        it.maintenance(),
        it.database(),
        volume);
  }

  /** Somebody else signs. */
  public static final ActiveValidator ACTIVE =
      new ActiveValidator("node-b", "host-b", true, 7, false);

  /** A change of state. */
  public static final StateChange CHANGE =
      new StateChange(3, SINCE, "Voting", "Validating", "the lock was acquired");

  private Samples() {}

  /** A stop at height 1000 in a phase. */
  public static MaintenanceReport maintenance(String phase, Long blocksToGo, String message) {
    return maintenance(phase, blocksToGo, MaintenanceRequest.RESTART, message);
  }

  /** A stop at height 1000 in a phase. */
  public static MaintenanceReport maintenance(
      String phase, Long blocksToGo, String then, String message) {
    boolean none = phase.equals(MaintenanceReport.NONE);
    return new MaintenanceReport(
        phase,
        none ? null : 1000L,
        none ? null : 998L,
        none ? null : 1100L,
        blocksToGo == null ? null : 1000 - blocksToGo,
        blocksToGo,
        none ? null : then,
        none ? null : SINCE,
        message);
  }

  /** A check that found one error. */
  public static CheckReport unfit() {
    return new CheckReport(
        List.of(
            new CheckReport.Finding("ok", "settings", "in order", null),
            new CheckReport.Finding(
                "error", "consul", "connection refused", "start Consul on this host")));
  }
}

package io.kneard.ctl.api;

/**
 * Asks for neard to be stopped inside a maintenance window (spec/failover.md, "Command").
 *
 * @param minimumLength wanted window length in blocks; null for the longest of the epoch
 * @param shutdownAt height to stop at, which skips the choice of a window; null to choose one. Not
 *     together with {@code minimumLength}
 * @param then {@code restart} (also if null): neard is started again; {@code stop}: the daemon ends
 */
public record MaintenanceRequest(Long minimumLength, Long shutdownAt, String then) {
  /** neard comes back and the state is what it was. */
  public static final String RESTART = "restart";

  /** neard stays down and the daemon ends, for an upgrade. */
  public static final String STOP = "stop";
}

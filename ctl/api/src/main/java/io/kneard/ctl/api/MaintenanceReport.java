package io.kneard.ctl.api;

import java.time.Instant;

/**
 * How far a planned stop is, or how the last one ended.
 *
 * @param phase one of the constants here
 * @param shutdownHeight the height neard stops at; null if none is planned, or in Voting, where
 *     neard restarts at once
 * @param windowStart first height of the chosen window; null without a choice
 * @param windowEnd first height after the window; null without a choice
 * @param currentHeight neard's newest block; null if unknown
 * @param blocksToGo blocks until the stop, never below 0; null if none is planned
 * @param then {@code restart} or {@code stop}; null if none was ever planned
 * @param plannedAt when it was planned; null if never
 * @param message one sentence for people: what happens, what happened, or what to do
 */
public record MaintenanceReport(
    String phase,
    Long shutdownHeight,
    Long windowStart,
    Long windowEnd,
    Long currentHeight,
    Long blocksToGo,
    String then,
    Instant plannedAt,
    String message) {
  /** Nothing was planned since the daemon started. */
  public static final String NONE = "none";

  /** neard has the height and runs on until it. */
  public static final String PLANNED = "planned";

  /** neard is stopping. */
  public static final String STOPPING = "stopping";

  /** neard is starting again. */
  public static final String RESTARTING = "restarting";

  /** neard is back, or stopped where that was asked for. */
  public static final String DONE = "done";

  /** It was cancelled before it happened. */
  public static final String CANCELLED = "cancelled";

  /** It did not happen as planned; the message says what did, and what to do. */
  public static final String FAILED = "failed";

  /** Whether nothing more will happen by itself. */
  public boolean ended() {
    return switch (phase) {
      case PLANNED, STOPPING, RESTARTING -> false;
      default -> true;
    };
  }
}

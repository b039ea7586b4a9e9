package io.kneard.ctl.api;

/** Paths of the control socket, in one place for both ends. */
public final class Routes {
  /** GET: {@link StatusReport}. */
  public static final String STATUS = "/v1/status";

  /** GET: {@link ActiveValidator}. */
  public static final String ACTIVE_VALIDATOR = "/v1/active-validator";

  /**
   * GET: {@link MaintenanceReport}; POST {@link MaintenanceRequest}: plans a shutdown; DELETE:
   * cancels it. All answer a {@link MaintenanceReport}.
   */
  public static final String MAINTENANCE = "/v1/maintenance-shutdown";

  /** POST {@link SwitchoverRequest}: {@link SwitchoverReport}, once the handover has ended. */
  public static final String SWITCHOVER = "/v1/switchover";

  /** POST: {@link StatusReport}. */
  public static final String PAUSE = "/v1/pause";

  /** POST: {@link StatusReport}. */
  public static final String RESUME = "/v1/resume";

  /** POST: {@link ReloadReport}; the same as SIGHUP. */
  public static final String RELOAD = "/v1/reload";

  /**
   * GET: a stream of {@link StateChange}, one JSON object a line, first the remembered ones; an
   * empty line every few seconds shows that the stream lives.
   */
  public static final String EVENTS = "/v1/events";

  /** GET: {@link CheckReport}. */
  public static final String CHECK = "/v1/check";

  private Routes() {}
}

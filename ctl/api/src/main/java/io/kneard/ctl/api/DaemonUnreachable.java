package io.kneard.ctl.api;

import java.nio.file.Path;
import java.time.Duration;

/** No connection to the daemon came about, so nothing was asked of it. */
public final class DaemonUnreachable extends ControlException {
  private static final long serialVersionUID = 1L;

  /** What stands between the caller and the daemon. */
  public enum Reason {
    /** The socket file does not exist. */
    NO_SOCKET,
    /** The socket file exists and no process listens on it. */
    NOT_LISTENING,
    /** The caller may not reach or use the socket file. */
    NOT_PERMITTED,
    /** The path names something else, or can never name a socket. */
    NOT_A_SOCKET,
    /** A process listens and takes no connections. */
    NOT_ACCEPTING
  }

  private final Reason reason;

  private DaemonUnreachable(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What stands between the caller and the daemon. */
  public Reason reason() {
    return reason;
  }

  static DaemonUnreachable noSocket(Path socket, Throwable cause) {
    return new DaemonUnreachable(
        Reason.NO_SOCKET,
        "No daemon here: the socket "
            + socket
            + " does not exist. Start the daemon (systemctl start kneard-java), or name its"
            + " socket if it is another one.",
        cause);
  }

  static DaemonUnreachable notListening(Path socket, Throwable cause) {
    return new DaemonUnreachable(
        Reason.NOT_LISTENING,
        "Nobody listens on the socket "
            + socket
            + ": the daemon ended and left it behind. Start the daemon (systemctl start"
            + " kneard-java); it replaces the socket.",
        cause);
  }

  static DaemonUnreachable notPermitted(Path socket, Throwable cause) {
    return new DaemonUnreachable(
        Reason.NOT_PERMITTED,
        "Permission denied on the socket "
            + socket
            + ". Call as root, as the daemon's own user or as a member of the socket's group"
            + " (kneard, unless it was set otherwise).",
        cause);
  }

  static DaemonUnreachable notASocket(Path socket, Throwable cause) {
    return new DaemonUnreachable(
        Reason.NOT_A_SOCKET, socket + " is not a socket. Name the daemon's control socket.", cause);
  }

  static DaemonUnreachable pathTooLong(Path socket, int bytes, int most) {
    return new DaemonUnreachable(
        Reason.NOT_A_SOCKET,
        "The socket path "
            + socket
            + " has "
            + bytes
            + " bytes: at most "
            + most
            + " are possible.",
        null);
  }

  static DaemonUnreachable notAccepting(Path socket, Duration waited, Throwable cause) {
    return new DaemonUnreachable(
        Reason.NOT_ACCEPTING,
        "The daemon at "
            + socket
            + " took no connection within "
            + NoAnswer.seconds(waited)
            + ": it hangs or has too many callers. Look at its log (journalctl -u kneard-java).",
        cause);
  }
}

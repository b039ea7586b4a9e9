package io.kneard.operations;

import io.kneard.config.Settings;
import io.kneard.control.ControlServer;
import io.kneard.ctl.api.CheckReport.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;

/** The control socket: whether the group it is meant for may use it. */
final class SocketCheck {
  private static final String SUBJECT = "control.socket";

  private SocketCheck() {}

  static List<Finding> findings(Settings.Control control, boolean daemonRuns) {
    return List.of(daemonRuns ? open(control) : closed(control.socket()));
  }

  private static Finding open(Settings.Control control) {
    Path socket = control.socket();
    try {
      PosixFileAttributes file = Files.readAttributes(socket, PosixFileAttributes.class);
      boolean shared = file.permissions().contains(PosixFilePermission.GROUP_WRITE);
      return shared && file.group().getName().equals(control.group())
          ? Findings.ok(SUBJECT, "%s, for the group %s".formatted(socket, control.group()))
          : Findings.warning(
              SUBJECT,
              "%s: only root and the daemon's user may use it".formatted(socket),
              "make the group %s (control.group) and restart the daemon"
                  .formatted(control.group()));
    } catch (IOException e) {
      return Findings.error(
          SUBJECT, "%s is gone: %s".formatted(socket, e), "restart the daemon in a quiet moment");
    }
  }

  private static Finding closed(Path socket) {
    try {
      Optional<String> listener = ControlServer.listener(socket);
      return listener.isPresent()
          ? Findings.warning(
              SUBJECT,
              "%s: a daemon runs already, %s".formatted(socket, listener.get()),
              "ask that one: `kneardctl check`")
          : Findings.ok(SUBJECT, socket + ": no daemon uses it");
    } catch (IOException e) {
      return Findings.error(SUBJECT, e.getMessage(), "remove what is there");
    }
  }
}

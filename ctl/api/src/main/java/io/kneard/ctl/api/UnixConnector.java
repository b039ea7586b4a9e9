package io.kneard.ctl.api;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Connects to a Unix socket, and says in words what to do if that is not possible. */
final class UnixConnector {
  /** What {@code sun_path} of Linux holds, without the zero at its end. */
  private static final int LONGEST_PATH_BYTES = 107;

  /** Pause before a full queue of the listener is tried again. */
  private static final long FULL_QUEUE_PAUSE_MILLIS = 20;

  private UnixConnector() {}

  /** A connected channel that does not block; the caller closes it. */
  static SocketChannel connect(Path socket, Deadline deadline) throws ControlException {
    int bytes = socket.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_PATH_BYTES) {
      throw DaemonUnreachable.pathTooLong(socket, bytes, LONGEST_PATH_BYTES);
    }
    while (true) {
      try {
        return attempt(socket);
      } catch (IOException e) {
        explain(socket, e);
        // What is left is EAGAIN: a blocking connect would wait here without any bound.
        if (deadline.leftMillis() == 0) {
          throw DaemonUnreachable.notAccepting(socket, deadline.whole(), e);
        }
        pause(socket, Math.min(FULL_QUEUE_PAUSE_MILLIS, deadline.leftMillis()));
      }
    }
  }

  private static SocketChannel attempt(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(socket));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Throws unless trying again may help. Goes by the exception's type and by the file, because the
   * text is the system's own and may be in any language.
   */
  private static void explain(Path socket, IOException e) throws ControlException {
    if (e instanceof BindException) {
      // The JDK's name for EACCES.
      throw DaemonUnreachable.notPermitted(socket, e);
    }
    BasicFileAttributes file;
    try {
      file = Files.readAttributes(socket, BasicFileAttributes.class);
    } catch (NoSuchFileException gone) {
      throw DaemonUnreachable.noSocket(socket, e);
    } catch (IOException hidden) {
      throw hiddenOrNoFolder(socket, hidden);
    }
    if (!file.isOther()) {
      throw DaemonUnreachable.notASocket(socket, e);
    }
    if (e instanceof ConnectException) {
      throw DaemonUnreachable.notListening(socket, e);
    }
  }

  private static DaemonUnreachable hiddenOrNoFolder(Path socket, IOException e) {
    for (Path up = socket.toAbsolutePath().getParent(); up != null; up = up.getParent()) {
      if (Files.exists(up, LinkOption.NOFOLLOW_LINKS)) {
        return Files.isDirectory(up)
            ? DaemonUnreachable.notPermitted(socket, e)
            : DaemonUnreachable.noSocket(socket, e);
      }
    }
    return DaemonUnreachable.notPermitted(socket, e);
  }

  private static void pause(Path socket, long millis) throws ControlException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw NoAnswer.interrupted(socket);
    }
  }
}

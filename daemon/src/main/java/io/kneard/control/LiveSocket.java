package io.kneard.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;

/**
 * A socket at which a process listens.
 *
 * @param pid its process id; 0 if it is not known
 */
record LiveSocket(long pid) {
  static final LiveSocket UNKNOWN = new LiveSocket(0);

  private static final int FILE_TYPE = 0170000;
  private static final int SOCKET = 0140000;

  /** Whether the file is a socket, alive or not. */
  static boolean isSocket(Path path) throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & FILE_TYPE) == SOCKET;
  }

  /**
   * Looks whether somebody listens, without waiting for it to accept.
   *
   * @return empty if the file is left over, or not there
   * @throws IOException if it cannot be found out
   */
  static Optional<LiveSocket> at(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS) || !somebodyListens(path)) {
      return Optional.empty();
    }
    try (UnixSocketChannel channel = UnixSocketChannel.create()) {
      channel.configureBlocking(false);
      if (channel.connect(new UnixSocketAddress(path.toString()))) {
        return Optional.of(
            new LiveSocket(channel.getOption(UnixSocketOptions.SO_PEERCRED).getPid()));
      }
    }
    return Optional.of(UNKNOWN); // too busy to let us in, but there
  }

  /** Asks with the JDK's channel, because jnr's does not tell a refusal from other errors. */
  private static boolean somebodyListens(Path path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      throw new IOException("control socket " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return pid == 0 ? "pid unknown" : "pid " + pid;
  }
}

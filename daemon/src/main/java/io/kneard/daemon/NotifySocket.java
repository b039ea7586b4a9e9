package io.kneard.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket on which the service manager takes messages, as sd_notify(3) describes it. What cannot
 * be sent at once is dropped: a service manager that hangs must not stop the supervisor.
 */
final class NotifySocket implements AutoCloseable {
  static final String VARIABLE = "NOTIFY_SOCKET";

  private static final Logger LOG = LoggerFactory.getLogger(NotifySocket.class);

  private final UnixDatagramChannel channel;
  private final UnixSocketAddress manager;
  private boolean complained;

  private NotifySocket(UnixDatagramChannel channel, UnixSocketAddress manager) {
    this.channel = channel;
    this.manager = manager;
  }

  /** The socket that the environment names: a path, or {@code @} and an abstract name. */
  static Optional<NotifySocket> open(Map<String, String> environment) {
    String address = environment.getOrDefault(VARIABLE, "");
    if (address.isEmpty()) {
      return Optional.empty();
    }
    if (address.charAt(0) != '/' && address.charAt(0) != '@') {
      LOG.warn("{} = {}: a path or @ and a name; nothing is reported", VARIABLE, address);
      return Optional.empty();
    }
    String path = address.charAt(0) == '@' ? '\0' + address.substring(1) : address;
    try {
      UnixDatagramChannel channel = UnixDatagramChannel.open();
      channel.configureBlocking(false);
      return Optional.of(new NotifySocket(channel, new UnixSocketAddress(path)));
    } catch (IOException e) {
      LOG.warn("{} = {}: {}; nothing is reported", VARIABLE, address, e.toString());
      return Optional.empty();
    }
  }

  /** Sends assignments, a line each, in one datagram; from any thread. */
  synchronized void send(String assignments) {
    try {
      channel.send(ByteBuffer.wrap(assignments.getBytes(StandardCharsets.UTF_8)), manager);
      complained = false;
    } catch (IOException e) {
      if (!complained) {
        LOG.warn("the service manager does not take messages: {}", e.getMessage());
      }
      complained = true;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("the socket to the service manager was not closed: {}", e.getMessage());
    }
  }
}

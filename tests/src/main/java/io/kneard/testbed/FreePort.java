package io.kneard.testbed;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Ports on loopback that nothing listens on: each is given out once, and below those that the
 * system takes for connections of its own choice.
 */
public final class FreePort {
  private static final int LOWEST = 15_000;
  private static final int COUNT = 17_000;

  /** Programs that run side by side begin at different places. */
  private static int last = (int) (ProcessHandle.current().pid() * 131 % COUNT);

  private FreePort() {}

  /** A port that was free a moment ago. */
  public static synchronized int next() {
    for (int tries = 0; tries < COUNT; tries++) {
      last = (last + 1) % COUNT;
      if (isFree(LOWEST + last)) {
        return LOWEST + last;
      }
    }
    throw new IllegalStateException("no free port on loopback");
  }

  /** The first of two ports that follow each other. */
  public static synchronized int pair() {
    int first = next();
    int second = next();
    while (second != first + 1) {
      first = second;
      second = next();
    }
    return first;
  }

  private static boolean isFree(int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (ServerSocket stream = new ServerSocket();
        DatagramSocket datagram = new DatagramSocket(null)) {
      stream.bind(address);
      datagram.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

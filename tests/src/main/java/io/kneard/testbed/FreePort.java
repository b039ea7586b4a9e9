package io.kneard.testbed;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports on loopback that nothing listens on: each is given out once, to one program of all that run
 * side by side, also while the one it was given to does not listen, such as a neard that is started
 * anew. They are below those that the system takes for connections of its own choice.
 *
 * <p>A program takes ports a block at a time, and listens on a block's first port for as long as it
 * lives: by that the others know.
 */
public final class FreePort {
  private static final int LOWEST = 15_000;
  private static final int BLOCK = 100;
  private static final int BLOCKS = 170;

  private static final List<ServerSocket> GUARDS = new ArrayList<>();

  /** Programs begin at different places, so that what the one before has left behind may end. */
  private static int block = (int) (ProcessHandle.current().pid() % BLOCKS);

  private static int next;
  private static int end;

  private FreePort() {}

  /** A port that was free a moment ago. */
  public static synchronized int next() {
    while (true) {
      if (next == end) {
        takeBlock();
      }
      int port = next++;
      if (isFree(port)) {
        return port;
      }
    }
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

  private static void takeBlock() {
    for (int tries = 0; tries < BLOCKS; tries++) {
      block = (block + 1) % BLOCKS;
      int first = LOWEST + block * BLOCK;
      try {
        GUARDS.add(new ServerSocket(first, 1, InetAddress.getLoopbackAddress()));
        next = first + 1;
        end = first + BLOCK;
        return;
      } catch (IOException e) {
        // Another program has it.
      }
    }
    throw new IllegalStateException("no free port on loopback");
  }

  private static boolean isFree(int port) {
    try (ServerSocket stream = new ServerSocket();
        DatagramSocket datagram = new DatagramSocket(null)) {
      stream.bind(address(port));
      datagram.bind(address(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}

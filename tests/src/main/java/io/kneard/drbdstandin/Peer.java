package io.kneard.drbdstandin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One peer of a resource, as one host has it set up and sees it. */
final class Peer {
  /** Of a connection. */
  enum State {
    STAND_ALONE("StandAlone"),
    CONNECTING("Connecting"),
    CONNECTED("Connected");

    final String title;

    State(String title) {
      this.title = title;
    }
  }

  final int id;
  final Map<String, String> net = new TreeMap<>();
  final Map<String, String> disk = new TreeMap<>();

  /** Two ends each, this host's first. */
  final List<List<String>> paths = new ArrayList<>();

  State state = State.STAND_ALONE;
  boolean discardMyData;
  boolean paused;

  /** While it is not connected: whether it is known to have older data. */
  boolean outdated;

  /** KiB that this host still has to get from it, or 0. */
  long toReceive;

  Peer(int id) {
    this.id = id;
  }

  boolean connected() {
    return state == State.CONNECTED;
  }

  boolean bitmap() {
    return disk.getOrDefault("bitmap", "yes").equals("yes");
  }

  /** Whether it counts for quorum. */
  boolean counts() {
    return net.getOrDefault("allow-remote-read", "yes").equals("yes");
  }

  boolean twoPrimaries() {
    return net.getOrDefault("allow-two-primaries", "no").equals("yes");
  }

  boolean retries() {
    return net.getOrDefault("rr-conflict", "disconnect").equals("retry-connect");
  }
}

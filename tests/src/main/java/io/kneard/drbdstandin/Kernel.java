package io.kneard.drbdstandin;

import java.util.Map;
import java.util.TreeMap;

/** The kernel of one host, with what is plugged into it. */
final class Kernel {
  final String host;
  final Map<String, Resource> resources = new TreeMap<>();
  final Map<String, Disk> disks = new TreeMap<>();
  boolean up = true;
  boolean frozen;

  /** The next calls do not come back. */
  int hangs;

  Kernel(String host) {
    this.host = host;
  }

  boolean works() {
    return up && !frozen;
  }

  /** The power goes: what is in memory is gone. */
  void crash() {
    up = false;
    resources.clear();
  }
}

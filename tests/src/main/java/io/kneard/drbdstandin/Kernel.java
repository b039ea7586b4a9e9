package io.kneard.drbdstandin;

import java.util.Map;
import java.util.TreeMap;

/** The kernel of one host, with what is plugged into it. */
final class Kernel {
  final String host;
  final Map<String, Resource> resources = new TreeMap<>();
  final Map<String, Disk> disks = new TreeMap<>();

  /** Files that are disks now, by the device that they are. */
  final Map<String, String> loops = new TreeMap<>();

  /** What is on files that have ever been disks, by file. */
  final Map<String, Disk> images = new TreeMap<>();

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
    disks.keySet().removeAll(loops.keySet());
    loops.clear();
  }
}

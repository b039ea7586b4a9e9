package io.kneard.drbdstandin;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A backing volume and what DRBD has written on it. It survives the host. */
final class Disk {
  /** Of metadata that has just been made. */
  static final long JUST_CREATED = 4;

  final String path;
  long size;
  Optional<String> signature = Optional.empty();
  boolean metadata;
  String id = "0000000000000000";
  long generation;
  final Set<Long> history = new HashSet<>();
  boolean inconsistent;
  boolean outdated;

  /** Peers that are known to have older data. */
  final Set<Integer> peersOutdated = new TreeSet<>();

  /** Members that have a bitmap here. */
  final Set<Integer> slots = new TreeSet<>();

  /** Slots whose disks missed the present generation. */
  final Set<Integer> missed = new TreeSet<>();

  Disk(String path, long size) {
    this.path = path;
    this.size = size;
  }

  void createMetadata() {
    metadata = true;
    id = "0000000000000000";
    generation = JUST_CREATED;
    history.clear();
    inconsistent = true;
    outdated = false;
    peersOutdated.clear();
    slots.clear();
    missed.clear();
  }

  /** What is on this one is what was on the other: the same file, on another device. */
  void takeOver(Disk before) {
    signature = before.signature;
    metadata = before.metadata;
    id = before.id;
    inconsistent = before.inconsistent;
    outdated = before.outdated;
    generation = before.generation;
    history.addAll(before.history);
    peersOutdated.addAll(before.peersOutdated);
    slots.addAll(before.slots);
    missed.addAll(before.missed);
  }

  /** From now on this data is of another generation than the one before. */
  void begin(long next) {
    if (generation != JUST_CREATED) {
      history.add(generation);
    }
    generation = next;
  }

  /** It has what the other one has. */
  void becomeLike(Disk other) {
    generation = other.generation;
    history.addAll(other.history);
    inconsistent = false;
    outdated = false;
    missed.clear();
    missed.addAll(other.missed);
  }

  boolean olderThan(Disk other) {
    return other.history.contains(generation)
        || (generation == JUST_CREATED && other.generation != JUST_CREATED);
  }
}

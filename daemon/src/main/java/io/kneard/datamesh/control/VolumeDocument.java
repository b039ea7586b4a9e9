package io.kneard.datamesh.control;

import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Volume;
import io.kneard.datamesh.intent.Mode;
import io.kneard.datamesh.intent.Place;
import io.kneard.datamesh.intent.Wish;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * All that is stored of a volume, but for what hosts report of it.
 *
 * @param number small and unique; minors and ports of the hosts count from it
 * @param volumeClass the class it follows, where it follows one
 * @param wish of its owner
 * @param waypoint the layout it is on the way to
 * @param volume what the engine goes on from
 * @param places its replicas, as they are wanted; one on a host
 * @param leaving those of them that are to go, by id
 * @param disks of the replicas, by id
 * @param intents who wants to use it where
 * @param forceDetach members to be regarded as not attached, their hosts being dead
 */
public record VolumeDocument(
    int number,
    Optional<String> volumeClass,
    Wish wish,
    Configuration waypoint,
    Volume volume,
    List<Place> places,
    Set<Integer> leaving,
    Map<Integer, Disk> disks,
    List<AttachIntent> intents,
    Set<Integer> forceDetach) {

  public VolumeDocument {
    places = inOrder(places);
    leaving = new TreeSet<>(leaving);
    disks = new TreeMap<>(disks);
    intents = List.copyOf(intents);
    forceDetach = new TreeSet<>(forceDetach);
    Set<String> nodes = new HashSet<>();
    for (Place place : places) {
      if (!nodes.add(place.node())) {
        throw new IllegalArgumentException(
            "volume %s: two replicas on %s".formatted(volume.name(), place.node()));
      }
    }
  }

  private static List<Place> inOrder(List<Place> places) {
    List<Place> sorted = new ArrayList<>(places);
    sorted.sort(Comparator.comparingInt(Place::replica));
    return List.copyOf(sorted);
  }

  /** One without replicas. */
  public static VolumeDocument fresh(
      int number, Optional<String> volumeClass, Wish wish, Volume volume) {
    return new VolumeDocument(
        number,
        volumeClass,
        wish,
        volume.configuration(),
        volume,
        List.of(),
        Set.of(),
        Map.of(),
        List.of(),
        Set.of());
  }

  public VolumeDocument withVolume(Volume now) {
    return new VolumeDocument(
        number, volumeClass, wish, waypoint, now, places, leaving, disks, intents, forceDetach);
  }

  /** The same, wanted otherwise, by that class or by nobody but its owner. */
  public VolumeDocument wanted(Optional<String> byClass, Wish now) {
    return new VolumeDocument(
        number, byClass, now, waypoint, volume, places, leaving, disks, intents, forceDetach);
  }

  public VolumeDocument withWaypoint(Configuration now) {
    if (now.equals(waypoint)) {
      return this;
    }
    return new VolumeDocument(
        number, volumeClass, wish, now, volume, places, leaving, disks, intents, forceDetach);
  }

  public VolumeDocument withIntents(List<AttachIntent> now) {
    return new VolumeDocument(
        number, volumeClass, wish, waypoint, volume, places, leaving, disks, now, forceDetach);
  }

  public VolumeDocument withForceDetach(Set<Integer> now) {
    if (now.equals(forceDetach)) {
      return this;
    }
    return new VolumeDocument(
        number, volumeClass, wish, waypoint, volume, places, leaving, disks, intents, now);
  }

  /** The same with these replicas; disks of others are forgotten. */
  public VolumeDocument withPlaces(List<Place> now, Set<Integer> going) {
    if (now.equals(places) && going.equals(leaving)) {
      return this;
    }
    Set<Integer> ids = new HashSet<>(now.stream().map(Place::replica).toList());
    Map<Integer, Disk> left = new TreeMap<>(disks);
    left.keySet().retainAll(ids);
    Set<Integer> leave = new TreeSet<>(going);
    leave.retainAll(ids);
    return new VolumeDocument(
        number, volumeClass, wish, waypoint, volume, now, leave, left, intents, forceDetach);
  }

  public VolumeDocument withDisks(Map<Integer, Disk> now) {
    if (now.equals(disks)) {
      return this;
    }
    return new VolumeDocument(
        number, volumeClass, wish, waypoint, volume, places, leaving, now, intents, forceDetach);
  }

  /**
   * Whether the mesh has as many members as its layout takes; in manual mode the layout is that of
   * the members.
   */
  public boolean complete() {
    Layout layout = waypoint.layout();
    List<Member> diskful =
        volume.mesh().where(member -> member.type().settled() == MemberType.DISKFUL);
    return wish.mode() == Mode.MANUAL
        || (diskful.size() >= layout.diskful()
            && volume.mesh().tieBreakers().size() >= layout.tieBreakers());
  }

  /** The replica on this node. */
  public Optional<Place> on(String node) {
    return places.stream().filter(place -> place.node().equals(node)).findFirst();
  }

  /** What tells this replica from others; every replica that was stored has it. */
  public Disk disk(Place place) {
    return Objects.requireNonNull(disks.get(place.replica()), "a disk for every replica");
  }

  /** The smallest id that no replica and no member has; empty if all are taken. */
  public Optional<Integer> freeId() {
    return IntStream.rangeClosed(Member.MIN_ID, Member.MAX_ID)
        .filter(id -> places.stream().noneMatch(place -> place.replica() == id))
        .filter(id -> volume.mesh().member(id).isEmpty())
        .boxed()
        .findFirst();
  }
}

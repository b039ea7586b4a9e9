package io.kneard.datamesh.control;

import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All that is stored of a volume, but for what hosts report of it.
 *
 * @param number small and unique; minors and ports of the hosts count from it
 * @param volumeClass the class it follows, where it follows one
 * @param volume what the engine goes on from
 * @param intents who wants to use it where
 */
public record VolumeDocument(
    int number,
    Mode mode,
    Optional<String> volumeClass,
    Volume volume,
    List<ReplicaDocument> replicas,
    List<AttachIntent> intents) {

  public VolumeDocument {
    replicas = List.copyOf(replicas);
    intents = List.copyOf(intents);
  }

  public VolumeDocument withVolume(Volume now) {
    return new VolumeDocument(number, mode, volumeClass, now, replicas, intents);
  }

  public VolumeDocument withReplicas(List<ReplicaDocument> now) {
    return new VolumeDocument(number, mode, volumeClass, volume, now, intents);
  }

  public VolumeDocument withIntents(List<AttachIntent> now) {
    return new VolumeDocument(number, mode, volumeClass, volume, replicas, now);
  }

  /** The same, following that class or none, its replicas coming about in that way. */
  public VolumeDocument following(Optional<String> otherClass, Mode otherMode) {
    return new VolumeDocument(number, otherMode, otherClass, volume, replicas, intents);
  }

  /** The replica on this node. */
  public Optional<ReplicaDocument> on(String node) {
    return replicas.stream().filter(replica -> replica.node().equals(node)).findFirst();
  }

  /** The same with this replica in place of the one of its id, or besides the others. */
  public VolumeDocument with(ReplicaDocument changed) {
    List<ReplicaDocument> now = new ArrayList<>(replicas);
    now.removeIf(replica -> replica.id() == changed.id());
    now.add(changed);
    now.sort((a, b) -> Integer.compare(a.id(), b.id()));
    return withReplicas(now);
  }

  /** The smallest id that no replica and no member has; empty if all are taken. */
  public Optional<Integer> freeId() {
    return IntStream.rangeClosed(Member.MIN_ID, Member.MAX_ID)
        .filter(id -> replicas.stream().noneMatch(replica -> replica.id() == id))
        .filter(id -> volume.mesh().member(id).isEmpty())
        .boxed()
        .findFirst();
  }
}

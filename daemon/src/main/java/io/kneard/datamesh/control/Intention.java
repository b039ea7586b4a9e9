package io.kneard.datamesh.control;

import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Picture;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which replicas a volume should have. Pure: asked for each changed volume before the engine
 * decides, and for every volume in the slow pass, so that what only time brings about is seen.
 */
public interface Intention {
  /**
   * What it is about.
   *
   * @param picture the same that the engine would be given
   * @param replicas with the types that are wanted of them so far
   * @param hosts all hosts of the cluster, by name
   */
  record Considered(
      VolumeDocument document,
      Picture picture,
      List<ReplicaDocument> replicas,
      Map<String, HostState> hosts) {}

  /** A change of what is wanted. */
  sealed interface Edit {
    /** A new replica on this node; {@code pool} for the types that have a backing volume. */
    record Create(String node, MemberType type, Optional<String> pool) implements Edit {}

    /** This replica is to be of another type. */
    record Retype(int replica, MemberType type, Optional<String> pool) implements Edit {}

    /** This replica is to go; without its own word if its host is given up. */
    record Delete(int replica, boolean dead) implements Edit {}
  }

  /**
   * What comes of it.
   *
   * @param edits nothing, if all is as it should be, or has to wait
   * @param sentences why, one for the volume and for each replica it has something to say about
   */
  record Wishes(List<Edit> edits, List<String> sentences) {
    /** Nothing, and nothing to say. */
    public static final Wishes NONE = new Wishes(List.of(), List.of());

    public Wishes {
      edits = List.copyOf(edits);
      sentences = List.copyOf(sentences);
    }
  }

  /** Decides. */
  Wishes wishes(Considered considered, Instant now);

  /** An administrator says everything. */
  Intention MANUAL = (considered, now) -> Wishes.NONE;
}

package io.kneard.datamesh.api;

import io.kneard.ctl.api.mesh.VolumeWish;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import io.kneard.datamesh.intent.Mode;
import io.kneard.datamesh.intent.Patience;
import io.kneard.datamesh.intent.Wish;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** From a request to what is wanted of a volume. Pure. */
final class Wishes {
  /** Three copies, of which one may be lost without anybody noticing. */
  private static final Configuration USUAL =
      new Configuration(1, 1, Topology.IGNORED, VolumeAccess.PREFERABLY_LOCAL, 1);

  private Wishes() {}

  /** Of a new volume. */
  static Wish fresh(VolumeWish asked) {
    return changed(
        new Wish(Mode.MANAGED, USUAL, Patience.DEFAULT, Set.of(), Optional.empty()), asked);
  }

  /** What was asked in place of what was; the rest stays. */
  static Wish changed(Wish before, VolumeWish asked) {
    try {
      return new Wish(
          asked.manual() == null ? before.mode() : asked.manual() ? Mode.MANUAL : Mode.MANAGED,
          goal(before.goal(), asked),
          patience(before.patience(), asked),
          or(asked.hosts() == null ? null : hosts(asked.hosts()), before.hosts()),
          asked.pool() == null
              ? before.pool()
              : Optional.of(asked.pool()).filter(pool -> !pool.isEmpty()));
    } catch (IllegalArgumentException e) {
      throw Refused.wrong(e.getMessage());
    }
  }

  private static Configuration goal(Configuration before, VolumeWish asked) {
    return new Configuration(
        or(asked.fttBdl(), before.fttBdl()),
        or(asked.fttBua(), before.fttBua()),
        asked.topology() == null ? before.topology() : Words.topology(asked.topology()),
        asked.access() == null ? before.volumeAccess() : Words.access(asked.access()),
        or(asked.maxAttachments(), before.maxAttachments()));
  }

  private static Patience patience(Patience before, VolumeWish asked) {
    return new Patience(
        seconds(asked.replaceAfterSeconds(), before.replaceAfter()),
        seconds(asked.localAfterSeconds(), before.localAfter()));
  }

  private static Duration seconds(Long asked, Duration before) {
    return asked == null ? before : Duration.ofSeconds(asked);
  }

  private static Set<String> hosts(List<String> asked) {
    return new TreeSet<>(asked);
  }

  private static <T> T or(T asked, T before) {
    return asked == null ? before : asked;
  }
}

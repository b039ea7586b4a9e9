package io.kneard.datamesh.intent;

import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.MemberType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Replicas that are there for somebody who uses the volume, or because an administrator says so.
 */
final class Users {
  private Users() {}

  static void settle(Draft draft) {
    for (Standing one : draft.staying()) {
      if (one.is(MemberType.ACCESS) || one.is(MemberType.SHADOW_DISKFUL)) {
        settle(draft, one);
      }
    }
    if (draft.formed()) {
      draft.scene.intents().forEach(intent -> serve(draft, intent));
    }
  }

  private static void settle(Draft draft, Standing one) {
    Optional<String> why = notWanted(draft, one);
    if (why.isPresent()) {
      Retiring.retire(draft, one, why.get());
    }
  }

  private static Optional<String> notWanted(Draft draft, Standing one) {
    boolean shadow = one.is(MemberType.SHADOW_DISKFUL);
    if (!one.ground().holds()) {
      return Optional.of("its host " + one.ground().text());
    }
    if (!one.inUse() && one.planned()) {
      return Optional.of("the volume is not used here anymore");
    }
    if (!shadow && draft.local() && !one.inUse()) {
      return Optional.of("volumeAccess=Local allows no Access");
    }
    boolean supported = draft.facts.shadowsSupported(one.place().node());
    return shadow && !supported
        ? Optional.of("ShadowDiskful needs DRBD with the disk option non-voting on every host")
        : Optional.empty();
  }

  /** Somebody wants to use the volume where it has no replica. */
  private static void serve(Draft draft, AttachIntent intent) {
    if (draft.on(intent.node()).isPresent()) {
      return;
    }
    Optional<Site> site = draft.site(intent.node());
    List<String> against =
        Stream.of(
                draft.local() ? "volumeAccess=Local, and its data is not there" : "",
                site.isEmpty() ? "it is not in the cluster" : "",
                site.filter(Site::up).isEmpty() ? "it is gone" : "",
                site.filter(Site::drained).isPresent() ? "it is drained" : "",
                draft.scene.wish().allows(intent.node()) ? "" : "it is not among the hosts")
            .filter(reason -> !reason.isEmpty())
            .toList();
    if (against.isEmpty()) {
      draft.create(
          site.orElseThrow(),
          MemberType.ACCESS,
          Optional.empty(),
          "somebody wants to use the volume here");
    } else {
      draft.note("cannot be used on %s: %s".formatted(intent.node(), against.get(0)));
    }
  }
}

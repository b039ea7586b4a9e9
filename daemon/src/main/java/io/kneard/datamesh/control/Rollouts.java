package io.kneard.datamesh.control;

import io.kneard.database.DatabaseUnavailable;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.intent.Mode;
import io.kneard.datamesh.intent.Place;
import io.kneard.datamesh.intent.Rollout;
import io.kneard.datamesh.intent.VolumeClass;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries changes of classes to the volumes that follow them, a few at once. A volume has a class's
 * latest revision if it wants what the class wants. Of the controller's thread.
 */
final class Rollouts {
  private static final Logger LOG = LoggerFactory.getLogger(Rollouts.class);

  /** From one look at a class whose volumes are not all up to it to the next. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final MeshStore store;

  /** The revision of each class that all its volumes have, as far as this host has seen. */
  private final Map<String, Long> complete = new HashMap<>();

  private long lookAt = System.nanoTime();

  Rollouts(MeshStore store) {
    this.store = store;
  }

  /** Another host may have led meanwhile. */
  void begin() {
    complete.clear();
  }

  /** Does what is due; {@code now} in nanoseconds of a clock that only goes on. */
  void step(long now) throws DatabaseUnavailable {
    if (now - lookAt < 0) {
      return;
    }
    lookAt = now + AGAIN.toNanos();
    for (VolumeClass one : store.classes().values()) {
      boolean behind = !Long.valueOf(one.revision()).equals(complete.get(one.name()));
      if (behind && one.existing()) {
        carry(one);
      }
    }
  }

  private void carry(VolumeClass one) throws DatabaseUnavailable {
    List<Rollout.Follower> followers =
        store.following(one.name()).stream().map(stored -> follower(one, stored)).toList();
    Rollout rollout = Rollout.of(one, followers);
    for (String volume : rollout.next()) {
      store.edit(
          volume,
          stored ->
              stored.document().volumeClass().filter(one.name()::equals).isPresent()
                  ? stored.document().wanted(Optional.of(one.name()), one.wish())
                  : stored.document());
    }
    if (rollout.next().isEmpty() && followers.stream().allMatch(Rollout.Follower::settled)) {
      complete.put(one.name(), one.revision());
    } else {
      LOG.debug("class {}: {}", one.name(), rollout.why());
    }
  }

  /** A volume that follows a class. */
  static Rollout.Follower follower(VolumeClass one, Stored stored) {
    VolumeDocument document = stored.document();
    boolean latest = document.wish().equals(one.wish());
    return new Rollout.Follower(
        stored.name(),
        latest ? one.revision() : one.revision() - 1,
        document.wish().mode() == Mode.MANAGED && !document.volume().deleting(),
        settled(document));
  }

  private static boolean settled(VolumeDocument document) {
    return document.volume().transitions().isEmpty()
        && document.volume().configuration().equals(document.wish().goal())
        && document.complete()
        && document.leaving().isEmpty()
        && document.places().stream().allMatch(place -> met(document, place));
  }

  private static boolean met(VolumeDocument document, Place place) {
    Optional<Member> member = document.volume().mesh().member(place.replica());
    return member.filter(one -> one.type() == place.type()).isPresent();
  }
}

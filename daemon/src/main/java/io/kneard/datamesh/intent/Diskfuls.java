package io.kneard.datamesh.intent;

import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The replicas with the data: as many as the layout has, where they are best. */
final class Diskfuls {
  private final Draft draft;
  private final int need;

  Diskfuls(Draft draft) {
    this.draft = draft;
    this.need = draft.configuration().layout().diskful();
  }

  /**
   * Brings them to the number needed. Those that are one too many are not taken out yet: one may
   * become the tiebreaker.
   *
   * @return those, the first to go first
   */
  List<Standing> settle() {
    if (draft.formed()) {
      follow();
    }
    while (sound().size() < need && add()) {}
    rebalance();
    leaveBehind();
    return surplus();
  }

  private List<Standing> sound() {
    return draft.staying(MemberType.DISKFUL).stream().filter(Standing::sound).toList();
  }

  /** EventuallyLocal: the data goes where it has been used for long. */
  private void follow() {
    if (draft.configuration().volumeAccess() != VolumeAccess.EVENTUALLY_LOCAL) {
      return;
    }
    for (AttachIntent intent : draft.scene.intents()) {
      Instant due =
          Instant.ofEpochMilli(intent.since()).plus(draft.scene.wish().patience().localAfter());
      Optional<Standing> user = user(intent.node());
      if (user.isPresent() && due.isAfter(draft.now)) {
        draft.lookAgain(due);
      } else if (user.isPresent() && sound().stream().anyMatch(one -> !one.inUse())) {
        bringData(user.get());
      }
    }
  }

  /** The replica that uses the volume on this node without having its data. */
  private Optional<Standing> user(String node) {
    return draft.staying().stream()
        .filter(one -> one.place().node().equals(node) && one.attached() && one.sound())
        .filter(one -> !one.is(MemberType.DISKFUL))
        .findFirst();
  }

  private void bringData(Standing one) {
    Optional<String> pool =
        one.place()
            .pool()
            .or(
                () ->
                    draft
                        .site(one.place().node())
                        .flatMap(site -> site.poolFor(draft.needed(), draft.scene.wish().pool())));
    if (pool.isPresent()) {
      draft.retype(one.id(), MemberType.DISKFUL, pool, "the volume is used here: the data follows");
    } else {
      draft.note(
          "%s uses the volume and has no room for its data, %d bytes"
              .formatted(one.name(), draft.needed()));
    }
  }

  private boolean add() {
    Optional<Placement.Choice> choice = Placement.best(draft, MemberType.DISKFUL);
    if (choice.isEmpty()) {
      draft.note(
          "%d of %d D; %s"
              .formatted(sound().size(), need, Placement.nowhere(draft, MemberType.DISKFUL)));
      return false;
    }
    return put(choice.get());
  }

  private boolean put(Placement.Choice choice) {
    Optional<Place> there = draft.on(choice.site().node());
    String why = "placed here: " + choice.why();
    if (there.isPresent()) {
      draft.retype(there.get().replica(), MemberType.DISKFUL, choice.pool(), why);
      return true;
    }
    return draft.create(choice.site(), MemberType.DISKFUL, choice.pool(), why);
  }

  /** One more in a better zone, so that the worst one can go; one at a time, and only at rest. */
  private void rebalance() {
    boolean rest =
        sound().size() == need
            && draft.mesh().voters().size() == need
            && draft.formed()
            && sound().stream().allMatch(Standing::upToDate);
    boolean wrong =
        sound().stream().anyMatch(one -> misplaced(one) && one.planned() && !one.inUse());
    if (rest && wrong && draft.active().isEmpty()) {
      Placement.best(draft, MemberType.DISKFUL).filter(Placement.Choice::fits).ifPresent(this::put);
    }
  }

  private boolean misplaced(Standing one) {
    return switch (draft.configuration().topology()) {
      case IGNORED -> false;
      case ZONAL -> Placement.home(draft).filter(home -> !home.equals(one.zone())).isPresent();
      case TRANS_ZONAL -> company(one) > Spread.cap(draft.configuration().layout());
    };
  }

  private int company(Standing one) {
    boolean matters = draft.configuration().topology() == Topology.TRANS_ZONAL;
    return matters ? Spread.in(one.zone(), sound().stream().map(Standing::zone).toList()) : 0;
  }

  /** Those on hosts that do not hold: as many may go as there are others in their place. */
  private void leaveBehind() {
    List<Standing> behind =
        draft.staying(MemberType.DISKFUL).stream()
            .filter(one -> !one.sound() && !one.place().deleted())
            .sorted(Comparator.comparing(Standing::ground).thenComparing(Standing::id))
            .toList();
    int stay = Math.max(0, need - sound().size());
    for (int i = 0; i < behind.size(); i++) {
      Standing one = behind.get(i);
      String why = "its host " + one.ground().text();
      if (i < stay) {
        draft.say(one.id(), why + "; it stays until there is another host for it");
      } else {
        Retiring.retire(draft, one, why + ": another takes its place");
      }
    }
  }

  private List<Standing> surplus() {
    List<Standing> kept = new ArrayList<>(sound());
    List<Standing> surplus = new ArrayList<>();
    while (kept.size() > need) {
      Standing worst = kept.stream().max(order()).orElseThrow();
      kept.remove(worst);
      surplus.add(worst);
    }
    return surplus;
  }

  /** Who is kept, best first. */
  private Comparator<Standing> order() {
    return Comparator.comparing(Standing::departing)
        .thenComparing(Standing::ground)
        .thenComparing(Standing::planned)
        .thenComparing(this::misplaced)
        .thenComparing(one -> !one.inUse())
        .thenComparing(Comparator.comparingInt(Standing::progress).reversed())
        .thenComparingInt(this::company)
        .thenComparingInt(Standing::id);
  }
}

package io.kneard.datamesh.intent;

import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The tiebreaker, where the layout has one: a D that is one too many, or a new replica. */
final class TieBreakers {
  private final Draft draft;
  private final int need;
  private final List<Standing> spareDiskful;

  TieBreakers(Draft draft, List<Standing> spareDiskful) {
    this.draft = draft;
    this.need = draft.configuration().layout().tieBreakers();
    this.spareDiskful = new ArrayList<>(spareDiskful);
  }

  void settle() {
    if (sound().size() < need && !demote()) {
      add();
    }
    rebalance();
    String layout = draft.configuration().layout().toString();
    spareDiskful.forEach(
        one ->
            Retiring.retire(
                draft, one, undone(one) + "layout %s has enough D without it".formatted(layout)));
    leaveBehind();
    surplus(layout);
  }

  private static String undone(Standing one) {
    return one.planned() ? "" : "asked for by an administrator, and undone: ";
  }

  private List<Standing> sound() {
    return draft.staying(MemberType.TIE_BREAKER).stream().filter(Standing::sound).toList();
  }

  /** The first D to go stays as tiebreaker, if its host is there and its zone is no worse. */
  private boolean demote() {
    Optional<Standing> one =
        spareDiskful.stream()
            .filter(spare -> spare.ground() == Ground.GOOD && !draft.local())
            .filter(spare -> weakness(spare) == 0)
            .findFirst();
    one.ifPresent(
        spare -> {
          draft.retype(
              spare.id(),
              MemberType.TIE_BREAKER,
              Optional.empty(),
              "was a D; layout %s needs a tiebreaker instead"
                  .formatted(draft.configuration().layout()));
          draft.ownedByPlanner(spare.id());
          spareDiskful.remove(spare);
        });
    return one.isPresent();
  }

  /** Zones whose loss is not survived with just this tiebreaker; 0 where zones do not matter. */
  private int weakness(Standing tieBreaker) {
    return weakness(tieBreaker.zone(), Optional.of(tieBreaker.id()));
  }

  private int weakness(String zone, Optional<Integer> notDiskful) {
    if (draft.configuration().topology() != Topology.TRANS_ZONAL) {
      return 0;
    }
    List<String> diskful =
        draft.staying(MemberType.DISKFUL).stream()
            .filter(one -> one.sound() && !notDiskful.equals(Optional.of(one.id())))
            .filter(one -> spareDiskful.stream().noneMatch(spare -> spare.id() == one.id()))
            .map(Standing::zone)
            .toList();
    return Spread.weakness(diskful, List.of(zone));
  }

  private void add() {
    Optional<Placement.Choice> choice = Placement.best(draft, MemberType.TIE_BREAKER);
    if (choice.isEmpty()) {
      draft.note("no tiebreaker; " + Placement.nowhere(draft, MemberType.TIE_BREAKER));
    }
    choice.ifPresent(this::put);
  }

  private void put(Placement.Choice choice) {
    String why = "placed here: " + choice.why();
    Optional<Place> there = draft.on(choice.site().node());
    if (there.isPresent()) {
      draft.retype(there.get().replica(), MemberType.TIE_BREAKER, Optional.empty(), why);
    } else {
      draft.create(choice.site(), MemberType.TIE_BREAKER, Optional.empty(), why);
    }
  }

  private void rebalance() {
    boolean rest = sound().size() == need && draft.formed() && draft.active().isEmpty();
    boolean wrong =
        sound().stream().anyMatch(one -> one.planned() && !one.inUse() && weakness(one) > 0);
    if (need > 0 && rest && wrong && spareDiskful.isEmpty()) {
      Placement.best(draft, MemberType.TIE_BREAKER)
          .filter(choice -> weakness(choice.site().zone(), Optional.empty()) == 0)
          .ifPresent(this::put);
    }
  }

  private void leaveBehind() {
    List<Standing> behind =
        draft.staying(MemberType.TIE_BREAKER).stream()
            .filter(one -> !one.sound() && !one.place().deleted())
            .toList();
    for (Standing one : behind) {
      String why = "its host " + one.ground().text();
      if (sound().size() < need) {
        draft.say(one.id(), why + "; it stays until there is another host for it");
      } else {
        Retiring.retire(draft, one, why + ": it is not needed there");
      }
    }
  }

  private void surplus(String layout) {
    List<Standing> kept = new ArrayList<>(sound());
    while (kept.size() > need) {
      Standing worst = kept.stream().max(order()).orElseThrow();
      kept.remove(worst);
      String enough = need == 0 ? "has no tiebreaker" : "has one tiebreaker";
      Retiring.retire(draft, worst, undone(worst) + "layout " + layout + " " + enough);
    }
  }

  private Comparator<Standing> order() {
    return Comparator.comparing(Standing::departing)
        .thenComparing(Standing::ground)
        .thenComparing(Standing::planned)
        .thenComparingInt(this::weakness)
        .thenComparing(Comparator.comparingInt(Standing::progress).reversed())
        .thenComparingInt(Standing::id);
  }
}

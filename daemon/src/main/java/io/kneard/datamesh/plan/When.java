package io.kneard.datamesh.plan;

import io.kneard.datamesh.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a plan is the one to take, among those with the same beginning and end. What is empty does
 * not matter.
 *
 * @param odd whether the voters are odd in number
 * @param viaShadow whether the data is synced before the member gets its vote
 * @param pastTieBreaker whether there is a tiebreaker besides the member
 * @param qmr whether qmr is to move along
 */
public record When(
    Optional<Boolean> odd, Optional<Boolean> viaShadow, Optional<Boolean> pastTieBreaker, Qmr qmr) {

  /** Whether qmr moves along with a plan. */
  public enum Qmr {
    STAYS,
    RISES,
    FALLS
  }

  /** In all circumstances. */
  public static final When ALWAYS =
      new When(Optional.empty(), Optional.empty(), Optional.empty(), Qmr.STAYS);

  static final When EVEN = ALWAYS.odd(false);
  static final When ODD = ALWAYS.odd(true);

  private When odd(boolean value) {
    return new When(Optional.of(value), viaShadow, pastTieBreaker, qmr);
  }

  When viaShadow(boolean value) {
    return new When(odd, Optional.of(value), pastTieBreaker, qmr);
  }

  When tieBreaker(boolean value) {
    return new When(odd, viaShadow, Optional.of(value), qmr);
  }

  When qmr(Qmr move) {
    return new When(odd, viaShadow, pastTieBreaker, move);
  }

  /** How things are for this subject at this moment, with a plan that may move qmr or not. */
  static When now(Situation s, Qmr move) {
    boolean odd = s.voters() % 2 == 1;
    boolean tieBreaker = !s.otherTieBreakers().isEmpty();
    boolean shadows = s.node().filter(s.facts()::shadowsSupported).isPresent();
    return ALWAYS
        .odd(odd)
        .viaShadow(shadows && (odd || !tieBreaker))
        .tieBreaker(tieBreaker)
        .qmr(move);
  }

  /** Which way qmr should move when a voter joins or leaves. */
  static Qmr move(Situation s, boolean joins) {
    int target = Layout.copies(s.configuration().fttBdl());
    if (joins && s.mesh().qmr() < target) {
      return Qmr.RISES;
    }
    return !joins && s.mesh().qmr() > target ? Qmr.FALLS : Qmr.STAYS;
  }

  /** Whether a plan with these conditions is the one to take. */
  boolean suits(When now) {
    return suits(odd, now.odd)
        && suits(viaShadow, now.viaShadow)
        && suits(pastTieBreaker, now.pastTieBreaker)
        && qmr == now.qmr;
  }

  /** The same, whatever the number of voters. */
  boolean suitsRoughly(When now) {
    return suits(viaShadow, now.viaShadow) && suits(pastTieBreaker, now.pastTieBreaker);
  }

  /** Whether the voters and tiebreakers are still those the plan was chosen for. */
  public boolean holdsStill(Situation s) {
    When now = now(s, qmr);
    return suits(odd, now.odd) && suits(pastTieBreaker, now.pastTieBreaker);
  }

  private static boolean suits(Optional<Boolean> condition, Optional<Boolean> now) {
    return condition.isEmpty() || condition.equals(now);
  }

  /** In words, for the documentation. */
  public String text() {
    List<String> parts = new ArrayList<>();
    odd.ifPresent(value -> parts.add(value ? "voters odd" : "voters even"));
    pastTieBreaker.ifPresent(value -> parts.add(value ? "a tiebreaker is there" : "no tiebreaker"));
    viaShadow.ifPresent(value -> parts.add(value ? "flant-drbd" : "no flant-drbd"));
    switch (qmr) {
      case RISES -> parts.add("qmr too low");
      case FALLS -> parts.add("qmr too high");
      case STAYS -> {}
    }
    return parts.isEmpty() ? "always" : String.join(", ", parts);
  }
}

package io.kneard.datamesh.plan;

import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.Member;
import java.util.List;
import java.util.Optional;

/**
 * What a step waits for before it is published, beside the confirmation of the step before. While a
 * transition waits its member is of a settled type, so that it may end there.
 */
public enum Hold {
  SYNCED("the member is UpToDate"),
  /** Where no voter has quorum, as with too few copies, all that are there have to be connected. */
  LINKED("the member is connected to every voter that has quorum"),
  COPIES("UpToDate D ≥ qmr + 1 + target FTT-BUA"),
  STILL_SAFE("the plan's guards hold still"),
  TIE_BREAKER_SPARE("TBRequired and ZoneTBRequired let it go");

  private final String condition;

  Hold(String condition) {
    this.condition = condition;
  }

  /** What is waited for. */
  public String condition() {
    return condition;
  }

  /**
   * Whether a transition that waits for this makes room for another one. What takes long must not
   * keep a lost member from being replaced.
   */
  public boolean givesWay() {
    return this == SYNCED || this == COPIES;
  }

  /** Whether this one asks guards again: a transition that meets it does not go on at all. */
  public static boolean isGuard(String name) {
    return name.equals(STILL_SAFE.name()) || name.equals(TIE_BREAKER_SPARE.name());
  }

  /** Why the step has to wait, if it has to. */
  public Optional<String> waits(Plan plan, Situation s) {
    return switch (this) {
      case SYNCED -> synced(s);
      case LINKED -> linked(s);
      case COPIES -> copies(s);
      case STILL_SAFE -> plan.blocks(s).map(Block::reason);
      case TIE_BREAKER_SPARE -> tieBreakerSpare(s);
    };
  }

  private static Optional<String> synced(Situation s) {
    boolean synced =
        s.facts()
            .live(s.subject())
            .filter(report -> report.disk() == DiskState.UP_TO_DATE)
            .isPresent();
    return LeavingGuards.when(!synced, "waiting for #%d to be UpToDate".formatted(s.subject()));
  }

  private static Optional<String> linked(Situation s) {
    Facts facts = s.facts();
    List<Member> there =
        s.mesh()
            .where(
                member ->
                    member.type().voter()
                        && member.id() != s.subject()
                        && facts.live(member.id()).isPresent());
    List<Member> quorate =
        there.stream().filter(member -> facts.live(member.id()).get().hasQuorum()).toList();
    if (there.isEmpty()) {
      return Optional.of("waiting for a voter");
    }
    return (quorate.isEmpty() ? there : quorate)
        .stream()
            .filter(member -> !facts.connected(s.subject(), member.id()))
            .findFirst()
            .map(
                member ->
                    "waiting for the connection of #%d to #%d".formatted(s.subject(), member.id()));
  }

  private static Optional<String> copies(Situation s) {
    return LeavingGuards.when(
        !Redundancy.mayGoOneUp(s),
        "waiting for %d UpToDate D, there are %d"
            .formatted(Redundancy.neededForOneUp(s), s.facts().upToDateVoters().size()));
  }

  private static Optional<String> tieBreakerSpare(Situation s) {
    return LeavingGuards.tbRequired(s).or(() -> LeavingGuards.zoneTbRequired(s));
  }
}

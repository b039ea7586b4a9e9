package io.kneard.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
  private static final long SEED = 1;
  private static final int FEW = 300;
  private static final int MANY = 3_000;

  @Test
  void aSeedIsAlwaysTheSameScheduleWatchedOrNot() {
    for (long seed = 1; seed <= 20; seed++) {
      Schedule schedule = Schedule.of(seed, Focus.NONE);
      long hash = World.play(schedule, Measures.all(), null).hash();
      assertThat(World.play(schedule, Measures.all(), null).hash()).isEqualTo(hash);
      assertThat(World.play(schedule, Measures.all(), new Trace()).hash()).isEqualTo(hash);
      assertThat(Schedule.of(seed, Focus.NONE)).isEqualTo(schedule);
      assertThat(World.play(Schedule.of(seed + 1, Focus.NONE), Measures.all(), null).hash())
          .isNotEqualTo(hash);
    }
  }

  @Test
  void withoutFaultsOneHostSignsFromItsStartToTheEnd() {
    Schedule calm = new Schedule(SEED, Config.REFERENCE, List.of());
    Trace trace = new Trace();
    assertThat(World.play(calm, Measures.all(), trace).clean()).isTrue();
    assertThat(trace.lines().stream().filter(line -> line.contains("neard SIGNS"))).hasSize(1);
    assertThat(trace.lines()).noneMatch(line -> line.contains("signs no more"));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "REFERENCE",
        "FAST",
        "TIGHT",
        "NODE_CHECK",
        "EMBEDDED_REFERENCE",
        "EMBEDDED_FAST",
        "EMBEDDED_TIGHT",
        "EMBEDDED_TWO_PROFILES"
      })
  void theDaemonHolds(Config config) throws Exception {
    Tally tally = new Search(Focus.in(config), Measures.all()).all(SEED, FEW);
    assertThat(tally.violations()).as("first: %s", tally.first()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"MIXED", "EMBEDDED"})
  void aLockThatMovesLateEnoughNeedsNoWaitUnlessAnAgentLeaves(Config config) throws Exception {
    Tally tally = new Search(Focus.in(config), Measures.firstLineOnly()).all(SEED, MANY);
    assertThat(tally.violations()).as("first: %s", tally.first()).isZero();
  }

  @Test
  void aLockThatIsForgottenAsSoonAsItWasTakenIsNotTakenByWhoHasNotSeenThat() {
    for (long all = 0; all <= 1; all++) {
      Fault forgets =
          new Fault(
              FaultKind.LOCK_FORGOTTEN, Fault.HERE, Point.LOCK_MOVED, Fault.ANYWHERE, 1, 0, 0, all);
      for (long seed = SEED; seed < SEED + 20; seed++) {
        Schedule schedule = new Schedule(seed, Config.EMBEDDED, List.of(forgets));
        Outcome outcome = World.play(schedule, Measures.all(), null);
        assertThat(outcome.detail()).as("seed %d", seed).isNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EMBEDDED", "EMBEDDED_TWO_PROFILES"})
  void somebodySignsAgainAfterSessionsWereDeletedByHandAndNeverTwo(Config config) {
    for (long whose = 0; whose <= 1; whose++) {
      // Before that it is cut off, so that it cannot be told.
      Fault cutOff =
          whenItSigns(FaultKind.CUT_BOTH, Fault.HERE, 1, Times.SECOND / 2, 60 * Times.SECOND, 0);
      Fault deleted =
          whenItSigns(FaultKind.SESSIONS_DELETED, Fault.HERE, 1, Times.SECOND, 0, whose);
      assertSignedAgain(config, List.of(deleted));
      assertSignedAgain(config, List.of(deleted, cutOff));
    }
  }

  /**
   * Found by the search in a lock that waited for its own TTL only; with as few faults as can be.
   */
  @Test
  void whoFindsTheLockForgottenWaitsForTheSlowestOfAllHosts() {
    assertHeld(
        258,
        new Fault(
            FaultKind.CUT_BOTH, 1, null, Fault.ANYWHERE, 0, 190_679_318_149L, 8_693_789_662L, 0),
        whenItSigns(FaultKind.CUT_BOTH, Fault.HERE, 2, 2_739_755, 20_674_495_231L, 0),
        whenItSigns(FaultKind.LOCK_FORGOTTEN, Fault.HERE, 2, 0, 0, 1));
  }

  /** The same with the lock freed by hand, of a holder whom the next one has never seen. */
  @Test
  void whoTakesALockThatWasFreedByHandWaitsForAHolderThatItHasNotSeen() {
    assertHeld(
        229,
        new Fault(
            FaultKind.SESSIONS_DELETED, Fault.HERE, Point.LOCK_MOVED, Fault.ANYWHERE, 2, 0, 0, 1),
        whenItSigns(FaultKind.CUT_BOTH, Fault.HERE, 1, 0, 59_842_740_094L, 0),
        whenItSigns(FaultKind.SESSIONS_DELETED, 1, 1, 0, 0, 1));
  }

  private static Fault whenItSigns(
      FaultKind kind, int host, int occurrence, long after, long length, long extra) {
    return new Fault(kind, host, Point.KEY_IN, Fault.ANYWHERE, occurrence, after, length, extra);
  }

  private static void assertHeld(long seed, Fault... faults) {
    Schedule schedule = new Schedule(seed, Config.EMBEDDED_TWO_PROFILES, List.of(faults));
    assertThat(World.play(schedule, Measures.all(), null).detail()).isNull();
  }

  private static void assertSignedAgain(Config config, List<Fault> faults) {
    for (long seed = SEED; seed < SEED + 6; seed++) {
      Trace trace = new Trace();
      Outcome outcome = World.play(new Schedule(seed, config, faults), Measures.all(), trace);
      assertThat(outcome.detail()).as("seed %d", seed).isNull();
      assertThat(trace.lines().stream().filter(line -> line.contains("neard SIGNS")))
          .as("the fault has struck, and somebody signs again, seed %d", seed)
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void aDatabaseIsSetBackToAnyEarlierStateWhileNobodySigns() throws Exception {
    Focus there = Focus.of(Mutant.SET_BACK_BESIDE_A_SIGNER);
    Tally tally = new Search(there, Measures.all()).all(SEED, FEW);
    assertThat(tally.violations()).as("first: %s", tally.first()).isZero();
  }

  @Test
  void theOriginalOverlaps() throws Exception {
    assertThat(new Search(Focus.in(Config.ORIGINAL), Measures.all()).all(SEED, FEW).violations())
        .isGreaterThan(FEW / 20);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "LOST_RENEWAL_COUNTS",
        "SHORT_TTL",
        "CHECKS_WITHOUT_DELAY",
        "NO_SIGNS",
        "FREE_LOCK_NOT_WAITED_FOR",
        "RELEASE_BEFORE_KEY_OUT",
        "REMOVAL_UNCONFIRMED",
        "KEY_STAYS",
        "KEY_WITHOUT_DEADLINE",
        "NO_FENCE",
        "FENCE_CLOCK_STOPS",
        "FENCE_IGNORES_WALL_CLOCK",
        "NO_PARENT_DEATH_SIGNAL",
        "FENCE_SENDS_TERM",
        "SYNC_UNCHECKED",
        "LOOK_NOT_REPEATED",
        "UNKNOWN_RENEWAL_COUNTS",
        "UNKNOWN_ACQUISITION_COUNTS",
        "MISSING_ROW_NOT_WATCHED",
        "STALE_BY_WALL_CLOCK",
        "STALE_TOO_SOON",
        "ENDED_UNCOMPARED",
        "TAKEN_UNCOMPARED",
        "LOSS_UNNOTICED",
        "SET_BACK_BESIDE_A_SIGNER"
      })
  void aMeasureThatIsMissingIsNoticed(Mutant mutant) throws Exception {
    Tally tally = new Search(Focus.of(mutant), Measures.without(mutant)).untilOneFails(SEED, MANY);
    assertThat(tally.violations()).isPositive();
  }

  @Test
  void aShrunkScheduleFailsAndNeedsEachOfItsFaults() throws Exception {
    Measures measures = Measures.without(Mutant.NO_FENCE);
    Schedule failed =
        new Search(Focus.of(Mutant.NO_FENCE), Measures.without(Mutant.NO_FENCE))
            .untilOneFails(SEED, MANY)
            .first();
    Property property = World.play(failed, measures, null).violated();
    Schedule shrunk = Shrink.of(failed, measures);
    assertThat(World.play(shrunk, measures, null).violated()).isEqualTo(property);
    for (Fault fault : shrunk.faults()) {
      List<Fault> fewer = new ArrayList<>(shrunk.faults());
      fewer.remove(fault);
      Schedule next = new Schedule(shrunk.seed(), shrunk.config(), fewer);
      assertThat(World.play(next, measures, null).violated()).isNotEqualTo(property);
    }
  }

  @Test
  void theCommandEndsWithItsFigures() throws Exception {
    assertThat(run(0, "--schedules", "20", "--seed", "7"))
        .matches("schedules=20 violations=0 seed=7 seconds=[0-9]+\\.[0-9]");
    assertThat(run(1, "--config", "original", "--schedules", "100", "--seed", "7"))
        .matches("schedules=100 violations=[1-9][0-9]* seed=7 seconds=[0-9]+\\.[0-9]");
    assertThat(run(0, "--mutants", "--without", "no-fence", "--seed", "1"))
        .isEqualTo("mutants=1 killed=1");
    assertThat(run(1, "--mutants", "--without", "no-home-lock", "--schedules", "1", "--seed", "1"))
        .isEqualTo("mutants=1 killed=0");
    assertThat(run(0, "--replay", "7")).isEqualTo("everything held");
    assertThat(run(2, "--schedules", "none")).isEmpty();
  }

  private static String run(int status, String... arguments) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(PrintStream.nullOutputStream())) {
      assertThat(SimulateMain.run(List.of(arguments), out, err)).isEqualTo(status);
    }
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }
}

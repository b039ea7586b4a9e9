package io.kneard.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.LeaderLock;
import io.kneard.lock.Observation.Seen;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.lock.Sign;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The simulated lock and its store answer as those that ship: two hosts make the same calls, drawn
 * from a seed, to both, and get the same answers, apart from names of sessions and signs.
 */
final class SameCalls {
  private static final int CALLS = 60;
  private static final int IN_USE = 3;
  private static final int DESTROY = 9;
  private static final Duration WAIT = Duration.ofSeconds(20);

  /** The same session in both worlds. */
  private record Twins(String real, String simulated) {}

  private final List<Twins> sessions = new ArrayList<>();
  private int refused;
  private int lost;
  private final List<Seen> seenReal = new ArrayList<>();
  private final List<Seen> seenSimulated = new ArrayList<>();

  /** Acquisitions that were refused. */
  int refused() {
    return refused;
  }

  /** Renewals of sessions that had ended. */
  int lost() {
    return lost;
  }

  /** What was seen of the real lock, one look after another. */
  List<Seen> seen() {
    return seenReal;
  }

  /** What is done to both stores besides. */
  interface ByHand {
    /** Does it. */
    void run() throws Exception;
  }

  void make(long seed, LeaderLock one, LeaderLock two, SimulatedLock... simulated)
      throws Exception {
    make(seed, () -> {}, one, two, simulated);
  }

  /**
   * Makes them.
   *
   * @param destroyed after a session was destroyed
   */
  void make(long seed, ByHand destroyed, LeaderLock one, LeaderLock two, SimulatedLock... simulated)
      throws Exception {
    LeaderLock[] real = {one, two};
    Chance chance = new Chance(seed);
    for (int i = 0; i < CALLS; i++) {
      int host = chance.below(2);
      if (call(chance, i, real[host], simulated[host]) == DESTROY) {
        destroyed.run();
      }
      look(i, real[host], simulated[host]);
    }
    awaitNothing(one, simulated[0]);
  }

  /** Returns which one it was. */
  private int call(Chance chance, int number, LeaderLock real, SimulatedLock simulated) {
    int what = sessions.isEmpty() ? 0 : chance.below(10);
    Twins twins = sessions.isEmpty() ? null : session(chance);
    String call = "call %d (%d) with %s".formatted(number, what, twins);
    switch (what) {
      case 0 -> {
        Opening.Opened opened = (Opening.Opened) real.open(true);
        Opening.Opened twin = (Opening.Opened) simulated.open();
        sessions.add(new Twins(opened.session(), twin.session()));
      }
      case 1, 2, 3, 4 -> {
        boolean live = chance.happens(0.5);
        Acquisition got = real.acquire(twins.real(), live);
        refused += got instanceof Acquisition.Taken ? 1 : 0;
        assertThat(withoutIndex(simulated.acquire(twins.simulated(), live)))
            .as(call)
            .isEqualTo(withoutIndex(got));
      }
      case 5, 6 -> {
        Renewal got = real.renew(twins.real());
        lost += got instanceof Renewal.Gone ? 1 : 0;
        assertThat(simulated.renew(twins.simulated())).as(call).isEqualTo(got);
      }
      case 7, 8 -> {
        Optional<Handover> wish =
            chance.happens(0.5)
                ? Optional.of(new Handover("n2", Duration.ofSeconds(10)))
                : Optional.empty();
        assertThat(simulated.release(twins.simulated(), wish))
            .as(call)
            .isEqualTo(real.release(twins.real(), wish));
      }
      default ->
          assertThat(simulated.destroy(twins.simulated()))
              .as(call)
              .isEqualTo(real.destroy(twins.real()));
    }
    return what;
  }

  /** Often the one that has the lock, else a new one; some of them are gone. */
  private Twins session(Chance chance) {
    Optional<String> holder = seenReal.get(seenReal.size() - 1).session();
    if (holder.isPresent() && chance.happens(0.5)) {
      return twins(holder.get());
    }
    return sessions.get(sessions.size() - 1 - chance.below(Math.min(sessions.size(), IN_USE)));
  }

  private static Acquisition withoutIndex(Acquisition outcome) {
    return outcome instanceof Acquisition.Acquired acquired
        ? new Acquisition.Acquired(acquired.epoch(), 0)
        : outcome;
  }

  private void look(int number, LeaderLock real, SimulatedLock simulated) {
    Seen seen = (Seen) real.observe(0, Duration.ZERO);
    Seen twin = (Seen) simulated.observe(0);
    String call = "look %d: %s and %s".formatted(number, seen, twin);
    assertThat(twin.session()).as(call).isEqualTo(seen.session().map(id -> twins(id).simulated()));
    assertThat(twin.holder().map(Holder::nodeId))
        .as(call)
        .isEqualTo(seen.holder().map(Holder::nodeId));
    assertThat(twin.live()).as(call).isEqualTo(seen.live());
    assertThat(twin.released()).as(call).isEqualTo(seen.released());
    assertThat(twin.handover()).as(call).isEqualTo(seen.handover());
    assertThat(twin.epoch()).as(call).isEqualTo(seen.epoch());
    assertThat(twin.sign().map(Sign::quietAfter))
        .as(call)
        .isEqualTo(seen.sign().map(Sign::quietAfter));
    if (!seenReal.isEmpty()) {
      Seen before = seenReal.get(seenReal.size() - 1);
      Seen twinBefore = seenSimulated.get(seenSimulated.size() - 1);
      assertThat(Long.signum(twin.index() - twinBefore.index()))
          .as(call)
          .isEqualTo(Long.signum(seen.index() - before.index()));
      if (seen.index() > before.index()) {
        assertThat(real.observe(before.index(), WAIT)).as(call).isEqualTo(seen);
        assertThat(simulated.observe(twinBefore.index())).as(call).isEqualTo(twin);
      }
      assertThat(twin.sign().equals(twinBefore.sign()))
          .as(call)
          .isEqualTo(seen.sign().equals(before.sign()));
    }
    seenReal.add(seen);
    seenSimulated.add(twin);
  }

  /** Whoever waits for a change that does not come is told the same once more. */
  private void awaitNothing(LeaderLock real, SimulatedLock simulated) {
    Seen seen = seenReal.get(seenReal.size() - 1);
    Seen twin = seenSimulated.get(seenSimulated.size() - 1);
    assertThat(real.observe(seen.index(), Duration.ofSeconds(1))).isEqualTo(seen);
    assertThat(simulated.observe(twin.index())).isEqualTo(twin);
  }

  private Twins twins(String real) {
    return sessions.stream().filter(each -> each.real().equals(real)).findFirst().orElseThrow();
  }
}

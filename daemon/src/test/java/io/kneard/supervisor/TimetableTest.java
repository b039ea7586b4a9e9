package io.kneard.supervisor;

import static io.kneard.supervisor.Rehearsal.HOT;
import static io.kneard.supervisor.Rehearsal.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The loop comes back in time for what no event tells of, and does not run in circles. */
class TimetableTest {
  private static final Duration MOMENT = Duration.ofMillis(30);

  @Test
  void aHostWakesWhenTheLastHolderIsQuiet() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null);
    host.lockSeen(null, false, "theirs/2").live(QUIET.minus(MOMENT));
    assertThat(sleep(host)).isEqualTo(MOMENT);
  }

  @Test
  void aHostWakesToRenewAlsoWhileNeardDoesNotAnswer() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null);
    Session.Open open = (Session.Open) host.now.session();
    host.pass(Duration.ofNanos(open.renewAt() - host.clock).minus(MOMENT));
    assertThat(host.now.probe().busy()).isTrue();
    assertThat(sleep(host)).isEqualTo(MOMENT);
  }

  @Test
  void aHostWakesForTheEndOfAPromotionThatIsNotConfirmed() {
    Rehearsal host = new Rehearsal(HOT).lockTaken(true).acknowledgeDeadline();
    host.pass(HOT.promotionTimeout().minus(MOMENT));
    assertThat(sleep(host)).isEqualTo(MOMENT);
  }

  @Test
  void aHostWithNothingToDoSleepsFromOneStatusToTheNext() {
    Rehearsal host = new Rehearsal(HOT).voting().status(false, null).lockSeen("theirs", false);
    host.live(Duration.ofSeconds(40));
    assertThat(sleep(host)).isEqualTo(HOT.statusInterval());
    Rehearsal down = new Rehearsal(HOT).pass(Duration.ZERO).exited(1);
    assertThat(sleep(down)).isEqualTo(HOT.statusInterval());
  }

  private static Duration sleep(Rehearsal host) {
    return Duration.ofNanos(host.supervisor.wakeAt(host.now, host.clock) - host.clock);
  }
}

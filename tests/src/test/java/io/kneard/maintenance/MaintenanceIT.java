package io.kneard.maintenance;

import static io.kneard.ctl.api.MaintenanceReport.CANCELLED;
import static io.kneard.ctl.api.MaintenanceReport.DONE;
import static io.kneard.ctl.api.MaintenanceReport.NONE;
import static io.kneard.ctl.api.MaintenanceReport.PLANNED;
import static io.kneard.ctl.api.MaintenanceReport.STOPPING;
import static io.kneard.maintenance.Maintained.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.ControlProblem;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ledger.Ledger;
import io.kneard.ledger.Verdict;
import io.kneard.testbed.Checkout;
import io.kneard.testbed.Kneardctl;
import io.kneard.testbed.Localnet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planned stops of a neard that does as it should. */
@Order(1) // takes long, so it begins early
class MaintenanceIT {
  @TempDir Path folder;
  private Localnet net;
  private Maintained one;
  private Maintained two;

  @BeforeEach
  void startTheSigner() throws Exception {
    net = new Localnet(folder, 2, Checkout.standIn(), "fast").lockWasReleased();
    one = new Maintained(net.host(1), net.chain());
    two = new Maintained(net.host(2), net.chain());
    one.startSigning();
  }

  @AfterEach
  void stopAndJudge() throws Exception {
    net.close();
    assertThat(verdict().overlaps()).isEmpty();
  }

  @Test
  void neardStopsInsideTheWindowAndSignsAgainWithTheLockKept() throws Exception {
    startTheStandby();
    String config = one.configText();
    await().atMost(SOON).until(() -> one.head() - net.chain().epochStart(one.head()) < 100);
    MaintenanceReport planned = one.plan(60L, null, null);
    assertThat(planned.phase()).isEqualTo(PLANNED);
    assertThat(planned.windowEnd() - planned.windowStart()).isGreaterThanOrEqualTo(60);
    assertThat(planned.shutdownHeight())
        .isGreaterThanOrEqualTo(planned.windowStart() + 2)
        .isLessThan(planned.windowEnd());
    assertThat(planned.blocksToGo()).isEqualTo(planned.shutdownHeight() - planned.currentHeight());
    assertThat(planned.then()).isEqualTo("restart");
    assertThat(one.configText())
        .contains("\"expected_shutdown\": " + planned.shutdownHeight() + ",");

    one.awaitPhase(DONE);
    MaintenanceReport done = one.report();
    assertThat(done.plannedAt()).isEqualTo(planned.plannedAt());
    assertThat(done.message())
        .matches("neard is back \\d+\\.\\d s after it stopped; the state is Validating");
    assertThat(done.blocksToGo()).isNull();
    assertThat(one.configText()).isEqualTo(config);
    assertThat(one.state()).isEqualTo("Validating");
    assertThat(two.state()).isEqualTo("Voting");
    await().atMost(SOON).until(() -> verdict().handovers().size() == 1);
    assertThat(verdict().signatures().keySet()).allMatch(signer -> signer.node().equals("node-1"));
    assertThat(exitHeight()).isBetween(planned.shutdownHeight(), planned.windowEnd() - 1);
  }

  @Test
  void inVotingNeardIsRestartedAtOnce() throws Exception {
    startTheStandby();
    long before = two.host().neard().orElseThrow();
    assertThat(two.refusal(null, two.head() + 50, null).getMessage())
        .contains("in Voting neard has no duties");
    MaintenanceReport taken = two.plan(null, null, null);
    assertThat(taken.phase()).isEqualTo(STOPPING);
    assertThat(taken.shutdownHeight()).isNull();
    two.awaitPhase(DONE);
    assertThat(two.report().message()).endsWith("the state is Voting");
    assertThat(two.report().plannedAt()).isEqualTo(taken.plannedAt());
    assertThat(two.state()).isEqualTo("Voting");
    assertThat(two.host().neard().orElseThrow()).isNotEqualTo(before);
    assertThat(one.signs()).isTrue();
  }

  @Test
  void ofSeveralPlansAtOnceOneIsTakenAndItCanBeCancelled() throws Exception {
    String config = one.configText();
    long pid = one.host().neard().orElseThrow();
    long height = one.head() + 150;
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(CompletableFuture.supplyAsync(() -> phaseOrCode(height)));
    }
    List<String> answered = answers.stream().map(CompletableFuture::join).toList();
    assertThat(answered).containsExactlyInAnyOrder(PLANNED, "refused", "refused", "refused");
    assertThat(one.refusal(null, height + 50, null).getMessage())
        .contains("neard stops at height " + height, "--cancel");

    MaintenanceReport cancelled = one.cancel();
    assertThat(cancelled.phase()).isEqualTo(CANCELLED);
    assertThat(cancelled.message())
        .isEqualTo("neard has confirmed that it does not stop at height " + height);
    assertThat(one.configText()).isEqualTo(config);
    assertThat(refusedCancellation()).contains("nothing is planned, so nothing was cancelled");
    one.awaitHead(height + 20);
    assertThat(one.host().neard()).hasValue(pid);
    assertThat(one.signs()).isTrue();
  }

  @Test
  void whatCannotBePlannedIsRefusedAndChangesNothing() throws Exception {
    String config = one.configText();
    long head = one.head();
    assertThat(one.refusal(10L, head + 50, null).problem().code()).isEqualTo("bad_request");
    assertThat(one.refusal(0L, null, null).getMessage()).contains("minimum_length = 0: at least 1");
    assertThat(one.refusal(null, -7L, null).getMessage()).contains("shutdown_at = -7: at least 0");
    assertThat(one.refusal(null, null, "sleep").getMessage()).contains("then = sleep: restart or");
    assertThat(one.refusal(null, head - 1, null).getMessage()).contains("is past");
    assertThat(one.refusal(null, Long.MAX_VALUE, null).getMessage()).contains("is too far away");
    assertThat(one.refusal(1_000L, null, null).getMessage())
        .containsPattern("of 1000 blocks is left in this epoch, the longest is \\d+");
    assertThat(refusedCancellation()).contains("nothing is planned");
    assertThat(one.report().phase()).isEqualTo(NONE);
    assertThat(one.configText()).isEqualTo(config);
  }

  @Test
  void elsewhereThanInVotingAndValidatingTheRefusalNamesTheState() throws Exception {
    two.host().home().faults("{\"lose_sync\": true}");
    two.host().start();
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(ControlException.class)
        .until(() -> inSyncing());
    ControlProblem refused = two.refusal(null, null, null);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem().code()).isEqualTo("wrong_state");
    assertThat(refused.getMessage()).contains("in Syncing");
  }

  @Test
  void aSlowStopIsWaitedForAndTheStateStays() throws Exception {
    one.host().home().faults("{\"stop_ms\": 6000}");
    Kneardctl waited =
        Kneardctl.run(
            one.host().socket(), "maintenance-shutdown", "--wait", "--shutdown-at", soon());
    assertThat(waited.status()).as(waited.out() + waited.err()).isZero();
    assertThat(waited.out())
        .contains("neard is stopping", "neard is starting again", "the state is Validating");
    assertThat(one.signs()).isTrue();
    assertThat(Files.readString(one.host().log())).doesNotContain("Validating -> ");
  }

  @Test
  void toStayDownTheDaemonEndsWithNeardAndLeavesNoHeightBehind() throws Exception {
    String config = one.configText();
    Kneardctl waited =
        Kneardctl.run(
            one.host().socket(),
            "maintenance-shutdown",
            "--wait",
            "--then=stop",
            "--shutdown-at",
            soon());
    assertThat(waited.status()).as(waited.out() + waited.err()).isZero();
    assertThat(one.host().daemon().exit(SOON)).isEqualTo(OptionalInt.of(75));
    assertThat(one.host().neard()).isEmpty();
    assertThat(one.configText()).isEqualTo(config);
  }

  @Test
  void aHeightThatAKilledDaemonLeftBehindDoesNotStopTheNextStart() throws Exception {
    String config = one.configText();
    long height = one.head() + 100;
    one.planAt(height);
    one.host().daemon().kill();
    assertThat(one.configText()).contains("expected_shutdown\": " + height);
    one.startSigning();
    assertThat(one.configText()).isEqualTo(config);
    assertThat(one.report().phase()).isEqualTo(NONE);
    one.awaitHead(height + 20);
    assertThat(one.signs()).isTrue();
  }

  @Test
  void aHostThatLosesTheLockTakesItsPlanBackAndCanSignAgain() throws Exception {
    String config = one.configText();
    one.planAt(one.head() + 600);
    one.host().consul().cut();
    one.awaitPhase(MaintenanceReport.FAILED);
    assertThat(one.report().message()).contains("was not reached in Validating");
    await().atMost(SOON).until(() -> one.configText().equals(config));
    one.host().consul().heal();
    await().atMost(SOON).until(one::signs);
  }

  private void startTheStandby() throws Exception {
    two.host().start();
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(ControlException.class)
        .until(() -> two.state().equals("Voting"));
  }

  private boolean inSyncing() throws ControlException {
    return two.state().equals("Syncing");
  }

  /** Far enough for a busy machine to start kneardctl. */
  private String soon() {
    return Long.toString(one.head() + 250);
  }

  private String phaseOrCode(long height) {
    try {
      return one.planAt(height).phase();
    } catch (ControlProblem e) {
      return e.problem().code();
    } catch (ControlException e) {
      return e.toString();
    }
  }

  private String refusedCancellation() {
    return catchThrowableOfType(ControlProblem.class, one::cancel).getMessage();
  }

  private long exitHeight() throws Exception {
    String ledger = Files.readString(net.chain().ledger());
    String exit =
        ledger.lines().filter(line -> line.contains("kind=exit")).findFirst().orElseThrow();
    return Long.parseLong(exit.replaceAll(".*height=(\\d+).*", "$1"));
  }

  private Verdict verdict() throws Exception {
    return Ledger.judge(net.chain().ledger());
  }
}

package io.kneard.operations;

import static io.kneard.ctl.api.MaintenanceReport.CANCELLED;
import static io.kneard.ctl.api.MaintenanceReport.FAILED;
import static io.kneard.ctl.api.MaintenanceReport.NONE;
import static io.kneard.ctl.api.MaintenanceReport.PLANNED;
import static io.kneard.ctl.api.MaintenanceReport.RESTARTING;
import static io.kneard.ctl.api.MaintenanceReport.STOPPING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kneard.control.Refusal;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.neard.NeardMetrics;
import io.kneard.neard.NeardRpc.Quiet;
import io.kneard.neard.PlannedStop.Form;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The moments that a real neard makes too rare to wait for. */
@Timeout(60)
class MaintenanceTest {
  private final ScriptedHost host = new ScriptedHost();
  private final ScriptedNeard neard = new ScriptedNeard();
  private final Maintenance maintenance = new Maintenance(host, neard, "pool.near");

  /** Goes by whatever it is told, at once; a test can have something happen meanwhile. */
  private static final class ScriptedNeard implements MaintainedNeard {
    private long height;
    private int reloads = 1;
    private Runnable meanwhile = () -> {};
    private IOException failure;

    @Override
    public List<Quiet> windows(String accountId) {
      return List.of(new Quiet(1100, 1200), new Quiet(1300, 1320));
    }

    @Override
    public long height() {
      return 1000;
    }

    @Override
    public NeardMetrics metrics() {
      return NeardMetrics.parse("near_config_reloads_total " + reloads);
    }

    @Override
    public void expectShutdown(Form form, long wantedHeight, BooleanSupplier wanted)
        throws IOException {
      reload(wantedHeight, wanted);
    }

    @Override
    public void forgetShutdown(BooleanSupplier wanted) throws IOException {
      reload(0, wanted);
    }

    private void reload(long wantedHeight, BooleanSupplier wanted) throws IOException {
      if (failure != null) {
        throw failure;
      }
      meanwhile.run();
      if (!wanted.getAsBoolean()) {
        throw new IOException("not wanted any more");
      }
      height = wantedHeight;
      reloads++;
    }
  }

  @Test
  void aPlanTellsWhatItWillDoAndHowFarItIs() throws Refusal {
    host.validating();
    assertThat(maintenance.report().phase()).isEqualTo(NONE);
    assertThat(maintenance.report().plannedAt()).isNull();
    MaintenanceReport planned = plan(null, null, "stop");
    assertThat(planned)
        .isEqualTo(
            new MaintenanceReport(
                PLANNED,
                1102L,
                1100L,
                1200L,
                1000L,
                102L,
                "stop",
                planned.plannedAt(),
                "neard stops at height 1102, in the window from 1100 to 1199, and stays down; the"
                    + " daemon ends with it"));
    assertThat(neard.height).isEqualTo(1102);
    host.pass(Duration.ofSeconds(2));
    host.head(1090);
    assertThat(maintenance.report().blocksToGo()).isEqualTo(12);
    host.head(1103);
    assertThat(maintenance.report().phase()).isEqualTo(STOPPING);
    assertThat(maintenance.report().blocksToGo()).isZero();
    assertThat(maintenance.report().plannedAt()).as("constant").isEqualTo(planned.plannedAt());
  }

  @Test
  void aHeightThatWasGivenHasNoWindow() throws Refusal {
    host.validating();
    MaintenanceReport planned = plan(null, 1150L, null);
    assertThat(planned.windowStart()).isNull();
    assertThat(planned.message()).isEqualTo("neard stops at height 1150 and is started again");
  }

  @Test
  void aStopThatComesWhileItIsBeingConfirmedIsNoFailure() throws Refusal {
    host.validating();
    neard.meanwhile = () -> host.neardEnds(0);
    assertThat(plan(null, 1005L, null).phase()).isEqualTo(RESTARTING);
  }

  @Test
  void aCrashWhileItIsBeingConfirmedIsTold() {
    host.validating();
    neard.meanwhile = () -> host.neardEnds(101);
    Refusal refusal = refusal(() -> plan(null, 1150L, null));
    assertThat(refusal.httpStatus()).isEqualTo(502);
    assertThat(refusal.getMessage()).contains("neard ended, and not as planned: status 101");
    assertThat(neard.height).isZero();
  }

  @Test
  void aFileThatCannotBeWrittenEndsThePlan() {
    host.validating();
    neard.failure = new IOException("no space left");
    assertThat(refusal(() -> plan(null, 1150L, null)).getMessage())
        .isEqualTo(
            "neard was not told: no space left. The height could not be taken out of neard's"
                + " configuration: no space left");
    assertThat(maintenance.report().phase()).isEqualTo(FAILED);
  }

  @Test
  void aStopThatComesWhileItIsBeingCancelledIsNotCalledCancelled() throws Refusal {
    host.validating();
    plan(null, 1150L, null);
    neard.meanwhile = () -> host.neardEnds(0);
    assertThat(refusal(maintenance::cancel).getMessage())
        .isEqualTo("too late, nothing was cancelled: neard has stopped and is starting again");
    assertThat(maintenance.report().phase()).isEqualTo(RESTARTING);
    assertThat(refusal(maintenance::cancel).getMessage()).contains("too late");
  }

  @Test
  void aCancellationIsTooLateWhenNeardMightStopBeforeItHears() throws Refusal {
    host.validating();
    plan(null, 1150L, null);
    host.head(1146);
    assertThat(refusal(maintenance::cancel).getMessage())
        .contains("too late, nothing was cancelled: neard is at height 1146");
    assertThat(neard.height).isEqualTo(1150);
    host.head(1145);
    assertThat(maintenance.cancel().phase()).isEqualTo(CANCELLED);
    assertThat(neard.height).isZero();
    assertThat(plan(null, 1155L, null).phase()).as("a new plan").isEqualTo(PLANNED);
  }

  @Test
  void aSilentSupervisorIsNoPlan() {
    host.validating().deaf();
    assertThat(refusal(() -> plan(null, 1150L, null)).getMessage()).contains("try again");
    assertThat(neard.height).isZero();
  }

  @Test
  void aKeyOnItsWayInIsNoTimeForAPlan() {
    host.takingTheKey();
    assertThat(refusal(() -> plan(null, 1150L, null)).getMessage()).contains("on its way in");
  }

  @Test
  void inVotingTheAnswerAlreadySaysThatNeardIsStopping() throws Refusal {
    host.voting();
    MaintenanceReport taken = plan(50L, null, null);
    assertThat(taken.phase()).isEqualTo(STOPPING);
    assertThat(taken.shutdownHeight()).isNull();
    assertThat(taken.blocksToGo()).isNull();
    assertThat(refusal(() -> plan(null, null, null)).getMessage())
        .contains("one is under way already (neard is stopping)");
    assertThat(refusal(maintenance::cancel).getMessage())
        .isEqualTo("too late, nothing was cancelled: neard is stopping");
  }

  @Test
  void whoeverIsInterruptedHearsThatTheDaemonIsStopping() {
    host.validating();
    Thread.currentThread().interrupt();
    Refusal refusal = refusal(() -> plan(null, 1150L, null));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(refusal.httpStatus()).isEqualTo(503);
  }

  private MaintenanceReport plan(Long minimumLength, Long shutdownAt, String then) throws Refusal {
    return maintenance.plan(new MaintenanceRequest(minimumLength, shutdownAt, then));
  }

  private static Refusal refusal(ThrowingCallable request) {
    return catchThrowableOfType(Refusal.class, request);
  }
}

package io.kneard.ctl;

import static io.kneard.ctl.api.FakeDaemon.ok;
import static io.kneard.ctl.api.FakeDaemon.problem;
import static io.kneard.ctl.api.MaintenanceReport.CANCELLED;
import static io.kneard.ctl.api.MaintenanceReport.DONE;
import static io.kneard.ctl.api.MaintenanceReport.FAILED;
import static io.kneard.ctl.api.MaintenanceReport.NONE;
import static io.kneard.ctl.api.MaintenanceReport.PLANNED;
import static io.kneard.ctl.api.MaintenanceReport.RESTARTING;
import static io.kneard.ctl.api.MaintenanceReport.STOPPING;
import static io.kneard.ctl.api.Samples.maintenance;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.FakeDaemon;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.Problem;
import io.kneard.ctl.api.Routes;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class MaintenanceShutdownTest {
  private static final MaintenanceReport FAR = maintenance(PLANNED, 40L, "planned for 1000");
  private static final MaintenanceReport NEAR = maintenance(PLANNED, 1L, "planned for 1000");
  private static final MaintenanceReport STOPS = maintenance(STOPPING, 0L, "stopping");
  private static final MaintenanceReport STARTS = maintenance(RESTARTING, 0L, "restarting");
  private static final MaintenanceReport BACK = maintenance(DONE, 0L, "neard is back");

  @TempDir Path folder;
  private FakeDaemon daemon;
  private Cli cli;

  @BeforeEach
  void start() {
    daemon = new FakeDaemon(folder).on("POST", Routes.MAINTENANCE, ok(FAR));
    cli = new Cli(daemon.socket());
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private void then(FakeDaemon.Reply... looks) {
    daemon.on("GET", Routes.MAINTENANCE, looks);
  }

  private String asked() {
    return daemon.requests().get(daemon.requests().size() - 1).body();
  }

  @Test
  void aPlanIsShownWithWindowAndHeight() throws JsonProcessingException {
    assertThat(cli.run("maintenance-shutdown")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            phase     planned
            message   planned for 1000
            stops at  1000, 40 to go
            window    998 to 1099, 102 blocks
            height    960
            then      restart
            planned   2026-03-01 10:00:00 UTC, 3 min 12 s ago
            """);
    assertThat(cli.run("maintenance-shutdown", "--json")).isZero();
    assertThat(ControlJson.get().readValue(cli.out(), MaintenanceReport.class)).isEqualTo(FAR);
  }

  @Test
  void whatIsAskedForIsWhatTheOptionsSay() {
    cli.run("maintenance-shutdown");
    assertThat(asked()).isEqualTo("{\"minimum_length\":null,\"shutdown_at\":null,\"then\":null}");
    cli.run("maintenance-shutdown", "--minimum-length", "50", "--then", "stop");
    assertThat(asked()).isEqualTo("{\"minimum_length\":50,\"shutdown_at\":null,\"then\":\"stop\"}");
    cli.run("maintenance-shutdown", "50", "--then=restart");
    assertThat(asked())
        .isEqualTo("{\"minimum_length\":50,\"shutdown_at\":null,\"then\":\"restart\"}");
    cli.run("maintenance-shutdown", "--shutdown-at=1000");
    assertThat(asked()).isEqualTo("{\"minimum_length\":null,\"shutdown_at\":1000,\"then\":null}");
  }

  @Test
  void aRefusedPlanIsSaidInTheDaemonsWords() {
    daemon.on(
        "POST",
        Routes.MAINTENANCE,
        problem(409, Problem.WRONG_STATE, "Only in Voting and Validating; this is Syncing."));
    assertThat(cli.run("maintenance-shutdown", "--wait")).isEqualTo(1);
    assertThat(cli.err()).isEqualTo("kneardctl: Only in Voting and Validating; this is Syncing.\n");
  }

  @Test
  void cancellingSaysWhatWasUndone() {
    daemon.on("DELETE", Routes.MAINTENANCE, ok(maintenance(CANCELLED, null, "undone in time")));
    assertThat(cli.run("maintenance-shutdown", "--cancel")).isZero();
    assertThat(cli.out())
        .contains("phase       cancelled", "undone in time", "height was  1000")
        .doesNotContain("stops at");
  }

  @Test
  void maintenanceStatusShowsThatNothingIsPlanned() {
    then(ok(maintenance(NONE, null, "Nothing was planned.")));
    assertThat(cli.run("maintenance-status")).isZero();
    assertThat(cli.out()).isEqualTo("phase    none\nmessage  Nothing was planned.\n");
  }

  @Test
  void waitingShowsEveryStageAndEndsWithTheOutcome() {
    then(ok(FAR), ok(NEAR), ok(STOPS), ok(STARTS), ok(BACK));
    assertThat(cli.run("maintenance-shutdown", "--wait")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            40 blocks to go, height 960, neard stops at 1000
            1 block to go, height 999, neard stops at 1000
            neard is stopping
            neard is starting again
            neard is back
            """);
  }

  @Test
  void onATerminalTheLineIsWrittenOver() {
    then(ok(NEAR), ok(STOPS), ok(BACK));
    cli.onATerminal().run("maintenance-shutdown", "--wait");
    assertThat(cli.out()).startsWith("\r40 blocks to go").contains("\rneard is stopping   ");
    assertThat(cli.out()).endsWith("\n\u001b[32mneard is back\u001b[0m\n");
  }

  @Test
  void asJsonOnlyTheOutcomeIsPrinted() throws JsonProcessingException {
    then(ok(NEAR), ok(STOPS), ok(BACK));
    assertThat(cli.run("maintenance-shutdown", "--wait", "--json")).isZero();
    assertThat(ControlJson.get().readValue(cli.out(), MaintenanceReport.class)).isEqualTo(BACK);
  }

  @Test
  void aFailedStopIsAFailure() {
    then(ok(maintenance(FAILED, 0L, "neard did not stop; see its log")));
    assertThat(cli.run("maintenance-shutdown", "--wait")).isEqualTo(1);
    assertThat(cli.out()).contains("neard did not stop; see its log");
  }

  @Test
  void aPlanThatSomebodyElseEndedIsAFailure() {
    then(ok(maintenance(CANCELLED, null, "cancelled")));
    assertThat(cli.run("maintenance-shutdown", "--wait")).isEqualTo(1);
    then(ok(maintenance(NONE, null, "nothing")));
    assertThat(cli.run("maintenance-shutdown", "--wait")).isEqualTo(1);
    assertThat(cli.out()).contains("started anew");
    then(
        ok(
            new MaintenanceReport(
                PLANNED, 7L, null, null, 1L, 6L, "restart", Instant.EPOCH, "another")));
    assertThat(cli.run("maintenance-shutdown", "--wait")).isEqualTo(1);
    assertThat(cli.out()).contains("Another plan");
  }

  @Test
  void aDaemonThatEndsAfterTheStopHasDoneWhatWasAskedFor() throws JsonProcessingException {
    then(ok(NEAR), daemon.thenGone(ok(STOPS)));
    assertThat(cli.run("maintenance-shutdown", "--wait", "--then", "stop", "--json")).isZero();
    assertThat(ControlJson.get().readValue(cli.out(), MaintenanceReport.class).phase())
        .isEqualTo(DONE);
  }

  @Test
  void aDaemonThatEndsBeforeTheStopIsAnError() {
    then(daemon.thenGone(ok(NEAR)));
    assertThat(cli.run("maintenance-shutdown", "--wait", "--then", "stop")).isEqualTo(3);
    assertThat(cli.out()).contains("before neard was seen to stop");
  }

  @Test
  void aDaemonThatEndsThoughItShouldRestartNeardIsAnError() {
    then(ok(NEAR), daemon.thenGone(ok(STOPS)));
    assertThat(cli.run("maintenance-shutdown", "--wait")).isEqualTo(3);
    assertThat(cli.out()).contains("The daemon went away before the plan had ended");
  }

  @Test
  void aBusyDaemonDoesNotEndTheWaiting() {
    then(ok(NEAR), problem(503, Problem.BUSY, "too many callers"), ok(STOPS), ok(BACK));
    assertThat(cli.run("maintenance-shutdown", "--wait")).isZero();
  }

  @Test
  void waitingEndsInTimeAndThePlanStays() {
    then(ok(FAR));
    assertThat(cli.run("maintenance-shutdown", "--wait", "--timeout", "100ms")).isEqualTo(6);
    assertThat(cli.out()).contains("the plan stays").contains("--cancel");
    assertThat(daemon.requests()).noneMatch(request -> request.method().equals("DELETE"));
  }
}

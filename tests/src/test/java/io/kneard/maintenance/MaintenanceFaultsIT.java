package io.kneard.maintenance;

import static io.kneard.ctl.api.MaintenanceReport.DONE;
import static io.kneard.ctl.api.MaintenanceReport.FAILED;
import static io.kneard.ctl.api.MaintenanceReport.NONE;
import static io.kneard.ctl.api.MaintenanceReport.PLANNED;
import static io.kneard.maintenance.Maintained.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.ControlProblem;
import io.kneard.ledger.Ledger;
import io.kneard.testbed.Checkout;
import io.kneard.testbed.Localnet;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planned stops of a neard that does not do as it should, or is an old one. */
@Order(1) // takes long, so it begins early
class MaintenanceFaultsIT {
  @TempDir Path folder;
  private Localnet net;
  private Maintained one;

  @BeforeEach
  void startTheSigner() throws Exception {
    net = new Localnet(folder, 1, Checkout.standIn(), "fast").lockWasReleased();
    one = new Maintained(net.host(1), net.chain());
    one.setting("neard", "stop-timeout = \"4s\"");
    one.startSigning();
  }

  @AfterEach
  void stopAndJudge() throws Exception {
    net.close();
    assertThat(Ledger.judge(net.chain().ledger()).overlaps()).isEmpty();
  }

  @Test
  void aConfigurationThatNeardRejectsIsReportedAndPutBack() throws Exception {
    long pid = one.host().neard().orElseThrow();
    String good = one.configText();
    String rejected = good.replace("\"validator_key.json\"", "[\"not a file name\"]");
    Files.writeString(one.config(), rejected);
    long height = one.head() + 250; // neither confirmation comes, which takes 10 s
    ControlProblem refused = one.refusal(null, height, null);
    assertThat(refused.status()).isEqualTo(502);
    assertThat(refused.getMessage())
        .contains("neard has not applied a reload within 5 s", "taken out", "its log says why");
    assertThat(one.report().phase()).isEqualTo(FAILED);
    assertThat(one.report().message()).isEqualTo(refused.getMessage());
    assertThat(one.configText()).isEqualTo(rejected);

    Files.writeString(one.config(), "{ broken");
    ControlProblem unreadable = one.refusal(null, one.head() + 100, null);
    assertThat(unreadable.getMessage()).contains("neard was not told", "config.json: line 1");
    assertThat(one.configText()).isEqualTo("{ broken");

    Files.writeString(one.config(), good);
    one.awaitHead(height + 5);
    assertThat(one.host().neard()).as("it never read the height").hasValue(pid);
    assertThat(one.planAt(one.head() + 80).phase()).isEqualTo(PLANNED);
    one.awaitPhase(DONE);
  }

  @Test
  void aCancellationThatNeardDoesNotConfirmLeavesThePlanAndSaysSo() throws Exception {
    long height = one.head() + 130;
    one.planAt(height);
    one.host().home().faults("{\"never_reload\": true}");
    ControlProblem refused = catchThrowableOfType(ControlProblem.class, one::cancel);
    assertThat(refused.status()).isEqualTo(502);
    assertThat(refused.getMessage())
        .contains("has not confirmed", "The plan stands: neard may stop at height " + height);
    assertThat(one.report().phase()).isEqualTo(PLANNED);
    one.awaitPhase(DONE);
    assertThat(one.signs()).isTrue();
  }

  @Test
  void bothNamesAndBothFormsOfTheWindowsAreUnderstoodAndErrorsAreHandedOn() throws Exception {
    one.host().home().faults("{\"rpc_error_status\": 422}");
    await().atMost(SOON).until(() -> refusedForWindows().contains("-32000"));
    one.host().home().faults("{\"windows_method\": \"none\"}");
    await().atMost(SOON).until(() -> refusedForWindows().contains("EXPERIMENTAL_maintenance"));
    assertThat(refusedForWindows()).contains("-32601");
    assertThat(one.report().phase()).isEqualTo(NONE);

    for (String form : new String[] {"pair", "object"}) {
      one.host()
          .home()
          .faults("{\"windows_method\": \"experimental\", \"windows_form\": \"" + form + "\"}");
      await().atMost(SOON).until(() -> refusedForWindows().contains("the longest is"));
    }
  }

  @Test
  void aNeardThatStopsAnsweringIsNotWaitedForLong() throws Exception {
    one.host().home().faults("{\"hang\": true}");
    await().atMost(SOON).until(this::neardHangs);
    ControlProblem refused = one.refusal(null, null, null);
    assertThat(refused.getMessage()).contains("nothing was planned", "did not answer within");
    assertThat(one.report().phase()).isEqualTo(NONE);
  }

  private boolean neardHangs() throws IOException {
    URLConnection status = URI.create(one.host().home().url() + "/status").toURL().openConnection();
    status.setReadTimeout(500);
    try (InputStream answer = status.getInputStream()) {
      return answer.readAllBytes().length == 0;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  @Test
  void aNeardThatDoesNotEndInTimeIsEndedAndReported() throws Exception {
    one.host().home().faults("{\"stop_ms\": 600000, \"ignore_sigterm\": true}");
    one.planAt(one.head() + 80);
    one.awaitPhase(FAILED);
    assertThat(one.report().message()).contains("and was ended instead", "/status failed");
    one.host().home().noFaults();
    await().atMost(SOON).until(one::signs);
  }

  @Test
  void aNeardThatGoesOnPastTheHeightIsReportedAndThePlanTakenBack() throws Exception {
    String config = one.configText();
    one.host().home().faults("{\"ignore_height\": true}");
    one.planAt(one.head() + 80);
    one.awaitPhase(FAILED);
    assertThat(one.report().message()).contains("has not stopped", "taken back", "plan again");
    await().atMost(SOON).until(() -> one.configText().equals(config));
    assertThat(one.signs()).isTrue();
  }

  @Test
  void aBuildOfLate2022IsToldThroughItsOwnFile() throws Exception {
    String config = one.configText();
    Path dynamic = one.config().resolveSibling("dyn_config.json");
    one.host().home().faults("{\"dyn_config\": true}");
    await().atMost(SOON).until(() -> plannedAndCancelled());
    long height = one.head() + 100;
    assertThat(one.planAt(height).phase()).isEqualTo(PLANNED);
    assertThat(Files.readString(dynamic)).contains("\"expected_shutdown\": " + height);
    assertThat(one.configText()).isEqualTo(config);
    one.awaitPhase(DONE);
    assertThat(Files.readString(dynamic)).doesNotContain("expected_shutdown");
  }

  /** The fault is in force as soon as the height goes to the other file. */
  private boolean plannedAndCancelled() throws Exception {
    one.planAt(one.head() + 200);
    boolean dynamic = !one.configText().contains("expected_shutdown\": 1");
    one.cancel();
    return dynamic;
  }

  private String refusedForWindows() {
    return one.refusal(100_000L, null, null).getMessage();
  }
}

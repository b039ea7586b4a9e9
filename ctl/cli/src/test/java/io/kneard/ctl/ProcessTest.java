package io.kneard.ctl;

import static io.kneard.ctl.api.FakeDaemon.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.FakeDaemon;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.Routes;
import io.kneard.ctl.api.Samples;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show. */
@Timeout(60)
class ProcessTest {
  @TempDir Path folder;
  private FakeDaemon daemon;
  private Process process;

  @BeforeEach
  void startDaemon() {
    daemon = new FakeDaemon(folder);
  }

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
    daemon.close();
  }

  private void start(File output, List<String> prefix, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(Kneardctl.class.getName());
    command.addAll(List.of("--socket", daemon.socket().toString()));
    command.addAll(Arrays.asList(arguments));
    process =
        new ProcessBuilder(command)
            .redirectOutput(output)
            .redirectError(folder.resolve("err").toFile())
            .start();
  }

  private int exitCode() throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void ctrlCEndsTheWaitingAndLeavesThePlan() throws Exception {
    MaintenanceReport planned = Samples.maintenance(MaintenanceReport.PLANNED, 40L, "planned");
    daemon.on("POST", Routes.MAINTENANCE, ok(planned)).on("GET", Routes.MAINTENANCE, ok(planned));
    // A build in the background may hand down an ignored SIGINT.
    List<String> prefix = List.of("env", "--default-signal=INT");
    start(folder.resolve("out").toFile(), prefix, "maintenance-shutdown", "--wait");
    await().atMost(30, TimeUnit.SECONDS).until(() -> read("out").contains("40 blocks to go"));
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(exitCode()).isEqualTo(130);
    assertThat(read("err"))
        .isEqualTo(
            "No longer waiting; the plan stays: neard stops at height 1000."
                + " 'kneardctl maintenance-shutdown --cancel' undoes it.\n");
    assertThat(daemon.requests()).noneMatch(request -> request.method().equals("DELETE"));
  }

  @Test
  void whoMayNotUseTheSocketIsToldWhoMay() throws Exception {
    Files.setPosixFilePermissions(daemon.socket(), PosixFilePermissions.fromString("---------"));
    boolean root = (int) Files.getAttribute(folder, "unix:uid") == 0;
    // Root may do everything, unless it gives that up.
    String caps = "-dac_override,-dac_read_search";
    List<String> prefix =
        root ? List.of("setpriv", "--inh-caps", caps, "--bounding-set", caps) : List.of();
    start(folder.resolve("out").toFile(), prefix, "status");
    assertThat(exitCode()).isEqualTo(4);
    assertThat(read("err"))
        .startsWith("kneardctl: Permission denied on the socket " + daemon.socket())
        .contains("member of the socket's group")
        .hasLineCount(1);
  }

  @Test
  void anAnswerThatCannotBeWrittenIsNotASuccess() throws Exception {
    daemon.on("GET", Routes.STATUS, ok(Samples.VALIDATING));
    start(new File("/dev/full"), List.of(), "status");
    assertThat(exitCode()).isEqualTo(1);
    assertThat(read("err")).isEqualTo("kneardctl: standard output could not be written.\n");
  }

  @Test
  void aReaderThatHasSeenEnoughIsNotAnError() throws Exception {
    daemon.on("GET", Routes.STATUS, ok(Samples.VALIDATING));
    List<String> shell =
        List.of("bash", "-c", "set -o pipefail; \"$@\" | { exec 0<&-; }", "kneardctl");
    start(folder.resolve("out").toFile(), shell, "status", "--watch");
    assertThat(exitCode()).isZero();
    assertThat(read("err")).isEmpty();
  }
}

package io.kneard.systemd;

import static io.kneard.testbed.Await.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.testbed.BootedSystem.Outcome;
import io.kneard.testbed.InstalledHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The installed unit below a real systemd. Each test begins with a daemon that validates. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1) // takes long, so it begins early
class SystemdIT {

  private static final String NONE = "0000000000000000";

  /** CAP_NET_ADMIN, CAP_SYS_ADMIN and CAP_DAC_OVERRIDE. */
  private static final String FOR_VOLUMES = "0000000000201002";

  private InstalledHost host;

  @BeforeAll
  void boot() throws Exception {
    assertThat(Files.isWritable(Path.of("/proc/1/oom_score_adj")))
        .as("a systemd can be booted by root only: run the tests as root")
        .isTrue();
    host = InstalledHost.boot();
    host.system().run("useradd", "--groups", "kneard", "kneard-member");
    host.system().run("useradd", "kneard-stranger");
  }

  @AfterAll
  void shutDown() throws IOException {
    if (host != null) {
      host.close();
    }
  }

  @BeforeEach
  void aDaemonThatValidates() throws Exception {
    host.variables("");
    host.faults("{}");
    host.system().run("systemctl", "reset-failed");
    host.system().run("systemctl", "start", "kneard-java");
    eventually(() -> host.unit("StatusText").startsWith("Validating at height "));
  }

  @Test
  void itRunsAsItsOwnUserWithAKeyThatOnlyRootCanReadOnDisk() throws Exception {
    assertThat(host.unit("ActiveState")).isEqualTo("active");
    assertThat(host.processes().lines()).hasSize(3); // the daemon, the fence and neard
    assertThat(host.system().run("stat", "-c", "%a %U", "/etc/kneard/keys")).isEqualTo("700 root");
    assertThat(host.ledger()).contains("kind=sign ");
  }

  @Test
  void neardGetsNothingThatIsMeantForTheDaemon() throws Exception {
    String daemon = host.unit("MainPID");
    String fence = host.system().run("pgrep", "-P", daemon);
    assertThat(environment(daemon)).contains("NOTIFY_SOCKET=").contains("CREDENTIALS_DIRECTORY=");
    assertThat(environment(fence))
        .contains("PATH=")
        .doesNotContain("NOTIFY_SOCKET")
        .doesNotContain("WATCHDOG")
        .doesNotContain("CREDENTIALS_DIRECTORY")
        .doesNotContain("MALLOC_ARENA_MAX");
  }

  @Test
  void membersOfTheGroupMayUseKneardctlAndOthersNot() throws Exception {
    assertThat(as("kneard-member", "kneardctl", "status").output()).contains("Validating");
    assertThat(as("kneard-stranger", "kneardctl", "status").status()).isNotZero();
    assertThat(as("kneard-member", "cat", "/etc/kneard/keys/validator_key.json").status())
        .isNotZero();
  }

  @Test
  void aFrozenDaemonIsKilledWithItsNeardAndStartedAgain() throws Exception {
    String frozen = host.unit("MainPID");
    String neard = host.processes().lines().reduce((a, b) -> b).orElseThrow().split(" ", 2)[0];
    host.system().run("kill", "-STOP", frozen);
    eventually(() -> !host.processes().contains(neard + " ") && !host.unit("MainPID").equals("0"));
    assertThat(host.unit("MainPID")).isNotEqualTo(frozen);
    assertThat(host.journal()).contains("Watchdog timeout");
    eventually(() -> host.unit("StatusText").startsWith("Validating at height "));
  }

  @Test
  void aReloadIsCarriedOutAndTheUnitStaysActive() throws Exception {
    host.system().write("/etc/kneard/kneard.toml", "[neard]\nstop-timeout = \"50s\"\n");
    host.system().run("systemctl", "reload", "kneard-java");
    eventually(() -> host.journal().contains("reload: in force now: [neard.stop-timeout]"));
    assertThat(host.unit("SubState")).isEqualTo("running");
  }

  @Test
  void aStopLetsNeardEndInPeaceEvenIfTheUnitIsImpatient() throws Exception {
    host.faults("{\"stop_ms\": 6000}"); // the unit of this test has TimeoutStopSec=3
    host.system().run("systemctl", "stop", "kneard-java");
    assertThat(host.ledger().lines().reduce((a, b) -> b).orElseThrow()).contains("kind=exit");
    assertThat(host.unit("Result")).isEqualTo("success");
    assertThat(host.processes()).isEmpty();
  }

  @Test
  void aDaemonThatWasAskedToStayDownStaysDown() throws Exception {
    Outcome planned =
        as(
            "kneard-member",
            "kneardctl",
            "maintenance-shutdown",
            "--shutdown-at",
            String.valueOf(height() + 100),
            "--then",
            "stop");
    assertThat(planned.status()).as(planned.output()).isZero();
    eventually(() -> host.unit("ActiveState").equals("inactive"));
    assertThat(host.unit("ExecMainStatus")).isEqualTo("75");
    staysDown();
    assertThat(host.unit("Result")).isEqualTo("success");
  }

  @Test
  void withTheLockInItsOwnDatabaseItValidatesAndCanBeRecovered() throws Exception {
    host.system().run("systemctl", "stop", "kneard-java");
    host.variables("KNEARD_LOCK_BACKEND=embedded\n");
    host.system().run("systemctl", "start", "kneard-java");
    try {
      String address = "127.0.0.1:9443";
      host.system().run("kneardctl", "cluster", "bootstrap", "--address", address);
      eventually(() -> host.unit("StatusText").startsWith("Validating at height "));
      assertThat(host.processes()).contains("io.kneard.dqlite.node.NodeMain");
      assertThat(host.system().run("stat", "-c", "%a %U", "/var/lib/kneard/cluster"))
          .isEqualTo("700 kneard");

      host.system().run("systemctl", "stop", "kneard-java");
      assertThat(host.processes()).isEmpty();
      Outcome recovery = host.system().tryTo("kneardctl", "cluster", "recover", "--yes");
      assertThat(recovery.status()).as(recovery.output()).isZero();
      host.system().run("systemctl", "start", "kneard-java");
      eventually(() -> host.unit("StatusText").startsWith("Validating at height "));
      assertThat(host.system().run("kneardctl", "cluster", "list")).contains("boot", "ONLINE");
    } finally {
      host.system().tryTo("systemctl", "stop", "kneard-java");
      host.system().run("rm", "-rf", "/var/lib/kneard/cluster");
    }
  }

  @Test
  void withTheDropInForVolumesItReachesTheKernelAndNeardHasNoneOfItsPrivileges() throws Exception {
    String folder = "/etc/systemd/system/kneard-java.service.d/";
    host.system().run("systemctl", "stop", "kneard-java");
    host.system().run("cp", "/usr/lib/kneard/volumes.conf", folder);
    host.system()
        .write(folder + "probe.conf", "[Service]\nExecStartPost=-/bin/sh -c 'drbdsetup status'\n");
    try {
      host.system().run("systemctl", "daemon-reload");
      host.system().run("systemctl", "start", "kneard-java");
      eventually(() -> host.unit("StatusText").startsWith("Validating at height "));
      assertThat(host.journal()).contains("Could not connect to 'drbd' generic netlink family");
      assertThat(privileges(host.unit("MainPID"))).isEqualTo(FOR_VOLUMES);
      host.system().run("kneardctl", "cluster", "bootstrap", "--address", "127.0.0.1:9443");
      eventually(
          () ->
              host.system()
                  .run("kneardctl", "host", "list")
                  .contains("the kernel has no drbd module loaded"));
      String neard =
          host.processes()
              .lines()
              .filter(line -> line.contains("io.kneard.standin.StandIn"))
              .findFirst()
              .orElseThrow();
      assertThat(privileges(neard.split(" ", 2)[0])).isEqualTo(NONE);
    } finally {
      host.system().tryTo("systemctl", "stop", "kneard-java");
      host.system().run("rm", "-rf", "/var/lib/kneard/cluster");
      host.system().run("rm", folder + "volumes.conf", folder + "probe.conf");
      host.system().run("systemctl", "daemon-reload");
    }
  }

  /** What a process may do that others may not, as the kernel writes it. */
  private String privileges(String pid) throws Exception {
    return Files.readString(host.system().file("/proc/" + pid + "/status"))
        .replaceAll("(?s).*CapEff:\\s*(\\S+).*", "$1");
  }

  @Test
  void settingsThatCannotBeUsedEndTheDaemonAndAreNotTriedAgain() throws Exception {
    host.system().run("systemctl", "stop", "kneard-java");
    host.variables("KNEARD_NEARD_STOP_TIMEOUT=soon\n");
    assertThat(host.system().tryTo("systemctl", "start", "kneard-java").status()).isNotZero();
    assertThat(host.unit("ExecMainStatus")).isEqualTo("78");
    assertThat(host.journal()).contains("neard.stop-timeout = soon");
    staysDown();
    assertThat(host.unit("Result")).isEqualTo("exit-code");
  }

  @Test
  void withoutTheDaemonRootMayCheckWhatTheUnitWouldRunWithAndOthersAreToldHow() throws Exception {
    host.system().run("systemctl", "stop", "kneard-java");
    Outcome fit = host.system().tryTo("kneardctl", "check");
    assertThat(fit.output())
        .contains("this is 'systemd-run ")
        .containsPattern("ok +settings +in order, and so are the key files")
        .contains("the lock is free");
    assertThat(fit.output().lines().filter(line -> line.startsWith("error ")))
        .as("the disk of this test is small, and nothing else is wrong")
        .allMatch(line -> line.startsWith("error    space "));

    Outcome told = as("kneard-member", "kneardctl", "check");
    assertThat(told.output()).contains("sudo kneardctl check").contains("systemd-run --quiet");
    assertThat(told.status()).isEqualTo(3);

    host.variables("KNEARD_NEARD_STOP_TIMEOUT=soon\n");
    Outcome wrong = host.system().tryTo("kneardctl", "check");
    assertThat(wrong.output())
        .containsPattern("error +neard.stop-timeout +soon \\(KNEARD_NEARD_STOP_TIMEOUT\\): ")
        .contains("-> change KNEARD_NEARD_STOP_TIMEOUT");
    assertThat(wrong.status()).isEqualTo(7);
    assertThat(host.system().run("systemctl", "list-units", "--all", "--plain", "run-*.service"))
        .as("what the check ran in is gone")
        .contains("0 loaded units listed");
  }

  private long height() throws Exception {
    return Long.parseLong(
        host.unit("StatusText").replaceFirst("Validating at height (\\d+).*", "$1"));
  }

  private void staysDown() {
    // The unit of this test is started again after half a second if at all.
    await()
        .during(Duration.ofSeconds(2))
        .atMost(SOON)
        .until(() -> host.unit("MainPID").equals("0") && !host.unit("SubState").contains("auto"));
  }

  private String environment(String pid) throws IOException {
    byte[] all = Files.readAllBytes(host.system().file("/proc/" + pid + "/environ"));
    return new String(all, StandardCharsets.UTF_8).replace('\0', '\n');
  }

  private Outcome as(String user, String... command) throws Exception {
    String[] line = new String[command.length + 4];
    System.arraycopy(new String[] {"runuser", "-u", user, "--"}, 0, line, 0, 4);
    System.arraycopy(command, 0, line, 4, command.length);
    return host.system().tryTo(line);
  }

  private static void eventually(Callable<Boolean> condition) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(condition);
  }
}

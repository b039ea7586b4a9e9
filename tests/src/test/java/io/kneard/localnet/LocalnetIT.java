package io.kneard.localnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.testbed.Checkout;
import io.kneard.testbed.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tests/localnet}, as it is typed. */
@Order(1) // takes long, so it begins early
class LocalnetIT {
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"embedded", "consul"})
  void aScriptIsCarriedOutAndJudgedByTheLedger(String lock) throws Exception {
    script(
        "expect-signer 1 30",
        "wait 2 Voting 30",
        "switchover 1 2",
        "expect-signer 2 30",
        "check-ledger 10000");
    assertThat(run("--hosts", "2", "--lock", lock, "--script", "script")).as(said()).isZero();
    assertThat(said()).contains("node-1 handed over to node-2", "one signer", "the script held");
    assertNothingIsLeft();
  }

  @Test
  void volumesCanBeTriedWithoutDrbd() throws Exception {
    String script = Checkout.root().resolve("tests/scripts/volumes.script").toString();
    assertThat(run("--volumes", "--script", script)).as(said()).isZero();
    assertThat(said()).contains("drbdsetup status", "UpToDate", "db is gone", "the script held");
    assertNothingIsLeft();
  }

  @Test
  void whatConcernsConsulIsRefusedWhereThereIsNone() throws Exception {
    script("isolate 1");
    assertThat(run("--hosts", "1", "--script", "script")).isEqualTo(1);
    assertThat(said()).contains("script:1: isolate: there is no Consul, it takes --lock consul");
    assertNothingIsLeft();
  }

  @Test
  void aLineThatDoesNotHoldEndsTheScriptAndIsNamed() throws Exception {
    script("# a comment", "wait 1 Syncing 0.1");
    assertThat(run("--hosts", "1", "--script", "script")).isEqualTo(1);
    assertThat(said()).contains("script:2: node-1 is Syncing: not within 0.1 s");
    assertNothingIsLeft();
  }

  @Test
  void anotherNeardMakesItsHomesItselfAndIsSupervised() throws Exception {
    Path foreign = program("neard", "io.kneard.localnet.ForeignNeard");
    script("expect-signer 1 60", "wait 2 Voting 60", "kill-neard 1", "expect-signer 2 60");
    assertThat(run("--hosts", "2", "--neard", foreign.toString(), "--script", "script"))
        .as(said())
        .isZero();
    assertThat(said()).contains("node-2 signs after");
    assertNothingIsLeft();
  }

  @Test
  void aNeardThatMakesNoHomesIsReported() throws Exception {
    assertThat(run("--neard", "true")).isEqualTo(1);
    assertThat(said()).contains("localnet --shards=1", "made no homes");
  }

  @Test
  void aTerminationLeavesNothingRunningAndNothingBehind() throws Exception {
    try (Child localnet = start("--hosts", "2")) {
      await().atMost(LONG).until(() -> said().contains("key live"));
      localnet.signal("TERM");
      assertThat(localnet.exit(LONG)).isPresent();
    }
    assertNothingIsLeft();
  }

  @Test
  void wrongArgumentsAreNamedBeforeAnythingStarts() throws Exception {
    assertThat(run("--help")).isZero();
    assertThat(said()).contains("tests/localnet [--hosts N]").doesNotContain("Exception");
    assertRefused("--hosts x: a number from 1 to 9 is wanted", "--hosts", "x");
    assertRefused("--profile slow: fast or reference is wanted", "--profile", "slow");
    assertRefused("--lock none: embedded or consul is wanted", "--lock", "none");
    assertRefused("--script missing: cannot be read", "--script", "missing");
    assertRefused("--neard ./nothing: no program is there", "--neard", "./nothing");
    assertRefused("--hosts: its value is missing", "--hosts");
    assertRefused("--fast: unknown", "--fast");
    assertRefused("--volumes: with --lock embedded", "--volumes", "--lock", "consul");
  }

  private void assertRefused(String why, String... arguments) throws Exception {
    assertThat(run(arguments)).as(why).isEqualTo(2);
    assertThat(said()).contains(why).doesNotContain("socket", "\tat ");
  }

  private void script(String... lines) throws IOException {
    Files.write(folder.resolve("script"), List.of(lines));
  }

  /** A program of the tests that looks like any other. */
  private Path program(String name, String main) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -Xmx24m -cp '%s' %s \"$@\"\n"
            .formatted(
                System.getProperty("java.home"), System.getProperty("java.class.path"), main));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private int run(String... arguments) throws Exception {
    Files.deleteIfExists(log());
    try (Child localnet = start(arguments)) {
      OptionalInt status = localnet.exit(LONG);
      assertThat(status).as("it ends: " + said()).isPresent();
      return status.getAsInt();
    }
  }

  private Child start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--chdir=" + folder));
    command.add(Checkout.root().resolve("tests/localnet").toString());
    command.addAll(List.of(arguments));
    return Child.start(log(), Map.of(), command);
  }

  private Path log() {
    return folder.resolve("log");
  }

  private String said() throws IOException {
    return Files.exists(log()) ? Files.readString(log()) : "";
  }

  /** No file, and no process that has one of its files in its command line. */
  private void assertNothingIsLeft() throws IOException {
    Matcher root = Pattern.compile("socket (\\S+)/node-1/control.sock").matcher(said());
    assertThat(root.find()).as(said()).isTrue();
    assertThat(Path.of(root.group(1))).doesNotExist();
    await()
        .atMost(Duration.ofSeconds(5)) // a fence that lost its daemon takes a tick
        .until(
            () ->
                ProcessHandle.allProcesses()
                    .noneMatch(p -> p.info().commandLine().orElse("").contains(root.group(1))));
  }
}

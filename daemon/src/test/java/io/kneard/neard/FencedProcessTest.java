package io.kneard.neard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real fence with real processes and signals. */
class FencedProcessTest {
  private static final Path FENCE = Path.of("src/main/fence/kneard-fence").toAbsolutePath();
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final List<FencedProcess> all = new java.util.ArrayList<>();

  @AfterEach
  void killWhatIsLeft() throws IOException {
    for (FencedProcess each : all) {
      each.kill("the test is over");
      ProcessHandle.of(each.fencePid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void aProcessIsStartedAndItsEndIsTold() throws Exception {
    start(Optional.empty(), "sh", "-c", "exit 7");
    assertThat(next()).startsWith("started");
    assertThat(next()).isEqualTo("exited 7 ended with status 7");
  }

  @Test
  void aProcessThatIgnoresTerminationIsKilledWhenTheBoundIsReached() throws Exception {
    FencedProcess process =
        start(Optional.empty(), "sh", "-c", "trap '' TERM; echo >ready; sleep 60");
    assertThat(next()).startsWith("started");
    await().atMost(SOON).until(() -> folder.resolve("ready").toFile().exists());
    long killAt = Uptime.nanos() + Duration.ofMillis(600).toNanos();
    process.terminate(killAt);
    assertThat(next()).isEqualTo("killed it did not stop in time after SIGTERM");
    assertThat(Uptime.nanos()).isGreaterThanOrEqualTo(killAt);
    assertThat(next()).startsWith("exited 137");
  }

  @Test
  void aDeadlineThatPassesKills() throws Exception {
    FencedProcess process = start(Optional.empty(), "sleep", "60");
    assertThat(next()).startsWith("started");
    long deadline = Uptime.nanos() + Duration.ofMillis(700).toNanos();
    process.deadline(Optional.of(deadline));
    assertThat(next()).isEqualTo("deadline " + deadline);
    assertThat(next()).startsWith("killed the deadline passed by");
    assertThat(next()).startsWith("exited 137");
    assertThat(Uptime.nanos()).isGreaterThanOrEqualTo(deadline);
  }

  @Test
  void aDeadlineThatIsMovedOnInTimeDoesNotKill() throws Exception {
    FencedProcess process = start(Optional.empty(), "sleep", "60");
    assertThat(next()).startsWith("started");
    long first = Uptime.nanos() + Duration.ofMillis(500).toNanos();
    process.deadline(Optional.of(first));
    process.deadline(Optional.of(first + Duration.ofSeconds(60).toNanos()));
    assertThat(next()).startsWith("deadline");
    assertThat(next()).startsWith("deadline");
    await().atMost(SOON).until(() -> Uptime.nanos() > first + Duration.ofMillis(300).toNanos());
    assertThat(heard).isEmpty();
  }

  @Test
  void aDeadlineInThePastRefusesTheStart() throws Exception {
    start(Optional.of(Uptime.nanos() - 1_000_000_000L), "sleep", "60");
    assertThat(next()).startsWith("exited -1 not started: the deadline had passed by");
  }

  @Test
  void aFenceThatIsKilledTakesItsProcessAlongAndThatIsTold() throws Exception {
    FencedProcess process = start(Optional.empty(), "sleep", "60");
    long pid = startedPid();
    ProcessHandle.of(process.fencePid()).orElseThrow().destroyForcibly();
    assertThat(next()).isEqualTo("exited -1 the fence ended");
    await().atMost(SOON).until(() -> !running(pid)); // it may still be a zombie
  }

  @Test
  void whatAScriptHasStartedIsDeadBeforeItsEndIsTold() throws Exception {
    FencedProcess process =
        start(Optional.empty(), "sh", "-c", "sleep 60 & echo $! >new; mv new inner; wait");
    startedPid();
    Path inner = folder.resolve("inner");
    await().atMost(SOON).until(() -> Files.exists(inner));
    long pid = Long.parseLong(Files.readString(inner).strip());
    ProcessHandle.of(process.fencePid()).orElseThrow().destroyForcibly();
    assertThat(next()).isEqualTo("exited -1 the fence ended");
    await().atMost(SOON).until(() -> !running(pid));
    assertThat(new HomeLock(folder.resolve("lock")).isFree(Duration.ZERO)).isTrue();
  }

  @Test
  void theHomeIsLockedAsLongAsTheProcessLives() throws Exception {
    HomeLock lock = new HomeLock(folder.resolve("lock"));
    assertThat(lock.isFree(Duration.ZERO)).isTrue();
    FencedProcess process = start(Optional.empty(), "sleep", "60");
    startedPid();
    assertThat(lock.isFree(Duration.ofMillis(50))).isFalse();
    process.kill("the test says so");
    assertThat(lock.isFree(SOON)).isTrue();
  }

  @Test
  void aFrozenFenceDoesNotSaveItsProcessFromTheDaemon() throws Exception {
    FencedProcess process = start(Optional.empty(), "sleep", "60");
    long pid = startedPid();
    signal("STOP", process.fencePid());
    process.kill("the fence does not answer");
    await().atMost(SOON).until(() -> !running(pid));
    assertThat(next()).isEqualTo("killed the fence does not answer");
    assertThat(next()).isEqualTo("exited -1 the fence does not answer");
  }

  @Test
  void anOrderedKillIsToldOnceWhetherTheFenceOrTheDaemonWasFaster() throws Exception {
    FencedProcess process = start(Optional.empty(), "sleep", "60");
    startedPid();
    process.kill("not confirmed");
    process.kill("not confirmed");
    assertThat(next()).isEqualTo("killed not confirmed");
    assertThat(next()).startsWith("exited 137");
  }

  @Test
  void aFrozenProcessIsKilledAtItsDeadline() throws Exception {
    start(Optional.of(Uptime.nanos() + Duration.ofMillis(1500).toNanos()), "sleep", "60");
    signal("STOP", startedPid());
    assertThat(next()).startsWith("killed the deadline passed by");
    assertThat(next()).startsWith("exited 137");
  }

  @Test
  void aSecondProcessWaitsUntilTheFirstIsDead() throws Exception {
    FencedProcess first = start(Optional.empty(), "sleep", "60");
    String pid = Long.toString(startedPid());
    start(Optional.empty(), "sh", "-c", "kill -0 $0 || echo >alone; exec sleep 60", pid);
    first.kill("make room");
    // In either order: each fence has a reader of its own.
    assertThat(List.of(nextBut("killed"), nextBut("killed")))
        .anyMatch(message -> message.startsWith("exited 137"))
        .anyMatch(message -> message.startsWith("started"));
    await().atMost(SOON).until(() -> folder.resolve("alone").toFile().exists());
  }

  @Test
  void aHangUpReachesTheProcess() throws Exception {
    FencedProcess process =
        start(
            Optional.empty(),
            "sh",
            "-c",
            "trap 'exit 9' HUP; echo >ready; while :; do sleep 0.05; done");
    assertThat(next()).startsWith("started");
    await().atMost(SOON).until(() -> folder.resolve("ready").toFile().exists());
    process.hangUp();
    assertThat(next()).startsWith("exited 9");
  }

  @Test
  void aProgramThatDoesNotExistIsToldAsItsEnd() throws Exception {
    start(Optional.empty(), "/does/not/exist");
    assertThat(next()).startsWith("started");
    assertThat(next()).startsWith("exited 127");
  }

  private FencedProcess start(Optional<Long> deadline, String... command) throws IOException {
    List<String> line = List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", folder.toString());
    List<String> whole = new java.util.ArrayList<>(line);
    whole.addAll(List.of(command));
    FencedProcess process =
        FencedProcess.start(FENCE, folder.resolve("lock"), deadline, whole, listener());
    all.add(process);
    return process;
  }

  private FencedProcess.Listener listener() {
    return new FencedProcess.Listener() {
      @Override
      public void started(long pid) {
        heard.add("started " + pid);
      }

      @Override
      public void deadlineTaken(long deadline) {
        heard.add("deadline " + deadline);
      }

      @Override
      public void killed(String why) {
        heard.add("killed " + why);
      }

      @Override
      public void exited(int status, String why) {
        heard.add("exited " + status + " " + why);
      }
    };
  }

  private long startedPid() throws InterruptedException {
    String message = next();
    assertThat(message).startsWith("started ");
    return Long.parseLong(message.substring("started ".length()));
  }

  private String next() throws InterruptedException {
    String message = heard.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    assertThat(message).as("a message of the fence").isNotNull();
    return message;
  }

  private String nextBut(String skipped) throws InterruptedException {
    String message = next();
    return message.startsWith(skipped) ? next() : message;
  }

  private static boolean running(long pid) throws IOException {
    Path stat = Path.of("/proc/" + pid + "/stat");
    try {
      return !java.nio.file.Files.readString(stat).contains(") Z ");
    } catch (java.nio.file.NoSuchFileException e) {
      return false;
    }
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }
}

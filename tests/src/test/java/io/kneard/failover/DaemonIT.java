package io.kneard.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ledger.Ledger;
import io.kneard.ledger.Verdict;
import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import io.kneard.testbed.ConsulServer;
import io.kneard.testbed.DaemonProcess;
import io.kneard.testbed.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as it is installed, killed, frozen and stopped as processes are. */
@Order(1) // takes long, so it begins early
class DaemonIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir Path folder;
  private ConsulServer consul;
  private DaemonProcess one;
  private DaemonProcess two;

  @BeforeEach
  void startBoth() throws Exception {
    consul = ConsulServer.start(Files.createDirectories(folder.resolve("consul")));
    consul.lockWasReleased("pool");
    Path key = folder.resolve("key.json");
    SignerKey.generate(key, "pool");
    Chain chain = Chain.startingNow("pool", 100, 60, folder.resolve("ledger"));
    one = new DaemonProcess("one", folder, consul.url(), key, chain);
    one.start();
    await().atMost(SOON).until(() -> Files.exists(one.home().slot()));
    two = new DaemonProcess("two", folder, consul.url(), key, chain);
    two.start();
    await().atMost(SOON).until(() -> two.said().contains("Registering -> Voting"));
    await().atMost(SOON).until(() -> !verdict().signatures().isEmpty());
  }

  @AfterEach
  void stopBothAndJudge() throws Exception {
    try {
      one.close();
      two.close();
    } finally {
      consul.close();
    }
    assertThat(verdict().overlaps()).isEmpty();
  }

  @Test
  void aDaemonThatIsKilledTakesItsNeardAlongWithinASecond() throws Exception {
    ProcessHandle neard = one.neard().orElseThrow();
    one.process().destroyForcibly();
    await().atMost(Duration.ofSeconds(1)).until(() -> !neard.isAlive());
  }

  @Test
  void aDaemonThatIsKilledAndRestartedFreesItsOldSessionFirst() throws Exception {
    one.process().destroyForcibly();
    assertThat(one.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
    one.start();
    // Long before the session could have expired: it has 10 s at least.
    await().atMost(Duration.ofSeconds(9)).until(() -> Files.exists(two.home().slot()));
    await().atMost(SOON).until(() -> verdict().handovers().size() == 1);
  }

  @Test
  void aDaemonThatIsFrozenWhileValidatingLosesItsNeardBeforeTheLockCanMove() throws Exception {
    ProcessHandle neard = one.neard().orElseThrow();
    Signals.freeze(one.process().pid());
    long frozen = System.nanoTime();
    await().atMost(Duration.ofSeconds(10)).until(() -> !neard.isAlive());
    assertThat(Duration.ofNanos(System.nanoTime() - frozen)).isLessThan(Duration.ofSeconds(9));
    await().atMost(SOON).until(() -> verdict().handovers().size() == 1);
    Signals.send("CONT", one.process().pid());
    await().atMost(SOON).until(() -> one.said().contains("Validating -> "));
    await().atMost(SOON).until(() -> !Files.exists(one.home().slot()));
  }

  @Test
  void aDaemonThatIsStoppedHandsOverAndEndsWithoutError() throws Exception {
    one.process().destroy();
    assertThat(one.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(one.process().exitValue()).isZero();
    assertThat(Files.exists(one.home().slot())).isFalse();
    await().atMost(SOON).until(() -> verdict().handovers().size() == 1);
    assertThat(verdict().handovers().get(0).gapMillis()).isLessThan(5_000);
  }

  @Test
  void aSecondDaemonOnTheSameRuntimeFolderIsRefused() throws Exception {
    Process first = one.process();
    one.start();
    assertThat(one.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(one.process().exitValue()).isEqualTo(1);
    assertThat(one.said()).contains("already running, pid");
    first.destroy();
    assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private Verdict verdict() throws Exception {
    return Ledger.judge(folder.resolve("ledger"));
  }
}

package io.kneard.failover;

import static io.kneard.testbed.Await.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ledger.Ledger;
import io.kneard.ledger.Verdict;
import io.kneard.supervisor.Promotion;
import io.kneard.supervisor.State;
import io.kneard.testbed.ConsulServer;
import io.kneard.testbed.TcpRelay;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each host asks the Consul agent beside it, and the signer's agent goes. */
class ConsulAgentIT {

  @TempDir Path folder;
  private ConsulServer server;
  private ConsulServer agent;
  private TcpRelay relay;
  private RunningHost one;
  private RunningHost two;

  @BeforeEach
  void start() throws Exception {
    server = ConsulServer.start(folder.resolve("server"));
    server.lockWasReleased("pool");
    agent = server.startClient(folder.resolve("agent"), "agent");
    relay = new TcpRelay(agent.url().getPort());
    URI way = URI.create("http://127.0.0.1:" + relay.port());
    one = new RunningHost("one", folder, way, Promotion.HOT);
    await().atMost(SOON).until(one::signs);
    two = new RunningHost("two", folder, server.url(), Promotion.HOT);
    await().atMost(SOON).until(() -> two.state() == State.VOTING);
  }

  @AfterEach
  void stop() throws Exception {
    try {
      one.close();
      two.close();
    } finally {
      relay.close();
      agent.close();
      server.close();
    }
    assertThat(verdict().overlaps()).isEmpty();
  }

  /** As at a stop of Consul on the signer's host: the lock is free at once, and it is not told. */
  @Test
  void whenTheSignersAgentLeavesTheOtherHostSignsOnlyAfterTheSignerHasStopped() throws Exception {
    await().atMost(SOON).until(() -> !verdict().signatures().isEmpty());
    relay.cut();
    agent.leave();
    await().atMost(SOON).until(two::signs);
    await().atMost(SOON).until(() -> verdict().handovers().size() == 1);
    assertThat(verdict().overlaps()).isEmpty();
    assertThat(one.path).contains(State.VALIDATING);
    assertThat(one.signs()).isFalse();
  }

  @Test
  void whenTheSignersAgentIsRestartedSomebodySignsAgainAndNeverTwo() throws Exception {
    agent.leave();
    agent.start();
    await().atMost(SOON).until(() -> one.path.lastIndexOf(State.REGISTERING) > 4);
    await().atMost(SOON).until(() -> one.signs() || two.signs());
  }

  private Verdict verdict() throws Exception {
    return Ledger.judge(folder.resolve("ledger"));
  }
}

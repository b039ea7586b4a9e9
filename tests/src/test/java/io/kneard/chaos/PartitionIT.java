package io.kneard.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.ctl.api.cluster.Control;
import io.kneard.ctl.api.cluster.TokenRequest;
import io.kneard.ledger.Ledger;
import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import io.kneard.testbed.Checkout;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.NeardHome;
import io.kneard.testbed.NetPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real daemons in network namespaces of their own, with the lock in their own database. */
@Order(1) // takes long, so it begins early
class PartitionIT {
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final int API = 9443;

  @TempDir private Path folder;
  private Namespaces net;
  private NetPlan plan;
  private Chain chain;
  private final List<HostProcess> hosts = new ArrayList<>();

  @BeforeEach
  void threeHosts() throws Exception {
    net = Namespaces.build(3);
    chain = Chain.startingNow("pool", 100, 300, Files.createFile(folder.resolve("ledger")));
    plan = new NetPlan(folder, "pool", Checkout.standIn(), "fast", Optional.of(chain.ledger()));
    SignerKey.generate(plan.key(), "pool");
    for (int i = 0; i < 3; i++) {
      hosts.add(host(i, folder.resolve("cluster" + i)));
    }
  }

  private HostProcess host(int number, Path cluster) throws Exception {
    String name = "n" + number;
    NeardHome home = NeardHome.create(folder.resolve(name).resolve("neard"), name, chain);
    HostProcess host =
        HostProcess.clustered(
            name,
            plan,
            home,
            cluster,
            net.place(number).address() + ":" + API,
            net.place(number).within());
    return host;
  }

  @AfterEach
  void end() throws Exception {
    for (HostProcess host : hosts) {
      host.close();
    }
    net.close();
    assertThat(Ledger.judge(chain.ledger()).overlaps()).as("two signed at once").isEmpty();
  }

  private void start(int number) throws Exception {
    hosts.get(number).start();
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> hosts.get(number).control().status() != null);
  }

  private void bootstrap() throws Exception {
    start(0);
    hosts.get(0).control().cluster().begin(new Control(true, Map.of(), null, null, null));
  }

  private void join(int number) throws Exception {
    start(number);
    begin(number, token(number));
  }

  private String token(int number) throws ControlException {
    return hosts.get(0).control().cluster().addToken(new TokenRequest("n" + number, null));
  }

  private void begin(int number, String token) throws ControlException {
    hosts.get(number).control().cluster().begin(new Control(false, Map.of(), token, null, null));
  }

  private void formCluster() throws Exception {
    bootstrap();
    join(1);
    join(2);
    awaitAllOnline(0, 3);
  }

  private void awaitAllOnline(int asked, int count) {
    eventually(
        () -> {
          List<ClusterMember> list = hosts.get(asked).control().cluster().list();
          assertThat(list).hasSize(count);
          assertThat(list).extracting(ClusterMember::status).containsOnly("ONLINE");
          assertThat(list).extracting(ClusterMember::role).doesNotContain("PENDING", "spare");
        });
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(LONG).ignoreExceptions().untilAsserted(assertion);
  }

  private int signer(List<Integer> among) {
    return await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(
            () -> among.stream().filter(i -> key(i).equals("live")).findFirst(),
            Optional::isPresent)
        .get();
  }

  private String key(int number) {
    try {
      return hosts.get(number).control().status().key();
    } catch (ControlException e) {
      return "";
    }
  }

  /** How often signing has begun or ended anywhere. */
  private long signings() throws IOException {
    return Files.readAllLines(chain.ledger()).stream()
        .filter(line -> line.contains("kind=sign-st"))
        .count();
  }

  private void cut(int number, boolean cut) throws Exception {
    for (int other = 0; other < 3; other++) {
      if (other != number && cut) {
        net.cut(number, other);
        net.cut(other, number);
      } else if (other != number) {
        net.heal(number, other);
        net.heal(other, number);
      }
    }
  }

  private static List<Integer> without(int number) {
    return IntStream.range(0, 3).filter(i -> i != number).boxed().toList();
  }

  @Test
  void aSignerThatIsCutOffStopsAndAnotherSignsWithTheDataOfTheMajority() throws Exception {
    formCluster();
    int lost = signer(List.of(0, 1, 2));
    List<Integer> left = without(lost);

    cut(lost, true);
    int next = signer(left);
    TokenRequest written = new TokenRequest("written-meanwhile", null);
    assertThat(key(lost)).isNotEqualTo("live");
    eventually(
        () -> assertThat(hosts.get(next).control().cluster().addToken(written)).isNotEmpty());
    assertThatThrownBy(
            () -> hosts.get(lost).control().cluster().addToken(new TokenRequest("lost", null)))
        .hasMessageContaining("Database is offline");
    eventually(
        () ->
            assertThat(hosts.get(lost).control().status().database())
                .startsWith("Database is offline"));
    eventually(
        () ->
            assertThat(hosts.get(next).control().cluster().list())
                .filteredOn(m -> m.name().equals("n" + lost))
                .extracting(ClusterMember::status)
                .containsExactly("UNREACHABLE"));

    cut(lost, false);
    awaitAllOnline(lost, 3);
    assertThat(hosts.get(lost).control().cluster().tokens())
        .extracting(token -> token.name())
        .containsExactly("written-meanwhile");
    signer(List.of(0, 1, 2));
  }

  @Test
  void oneThatDoesNotSignIsCutOffAndNothingElseChanges() throws Exception {
    formCluster();
    int signer = signer(List.of(0, 1, 2));
    int lost = without(signer).get(0);
    long begin = signings();

    cut(lost, true);
    eventually(
        () ->
            assertThat(hosts.get(lost).control().status().database())
                .startsWith("Database is offline"));
    cut(lost, false);
    awaitAllOnline(lost, 3);

    assertThat(key(signer)).isEqualTo("live");
    assertThat(signings()).isEqualTo(begin);
  }

  @Test
  void aHostThatIsCutOffWhileItJoinsIsAMemberOrNoneAndCanBeMadeOne() throws Exception {
    bootstrap();
    join(1);
    awaitAllOnline(0, 2);
    start(2);
    String token = token(2);
    Thread cutting =
        new Thread(
            () -> {
              try {
                await()
                    .atMost(LONG)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> Files.exists(folder.resolve("cluster2/cluster.key")));
                cut(2, true);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    cutting.start();
    assertThatThrownBy(() -> begin(2, token)).isInstanceOf(ControlException.class);
    cutting.join();
    cut(2, false);
    awaitAllOnline(2, 3);
  }

  @Test
  void aMemberWhoseDiskIsFullGoesOnLaterAndTheOthersMeanwhile() throws Exception {
    try (Disk disk = Disk.mount(folder.resolve("disk"), 64)) {
      hosts.set(2, host(2, folder.resolve("disk/cluster")));
      formCluster();
      disk.fill();
      for (int i = 0; i < 40; i++) {
        hosts.get(0).control().cluster().addToken(new TokenRequest("during-" + i, null));
      }
      disk.empty();
      awaitAllOnline(2, 3);
      eventually(() -> assertThat(hosts.get(2).control().cluster().tokens()).hasSize(40));
      hosts.get(2).close();
    }
  }
}

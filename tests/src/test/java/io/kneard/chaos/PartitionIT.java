package io.kneard.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.ctl.api.cluster.Control;
import io.kneard.ctl.api.cluster.TokenRecord;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real daemons in network namespaces of their own, with the lock in their own database: one cluster
 * from its founding on, since to form one takes longer than most that is done to it.
 */
@Order(1) // takes long, so it begins early
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PartitionIT {
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final int API = 9443;

  /**
   * Who is cut off may lead the database, and the others have to find a new leader before the
   * signer has to stop, on a busy machine too: the profile fast leaves 4 s.
   */
  private static final List<String> TIMES =
      List.of("ttl = \"15s\"", "stop-after = \"10s\"", "fence-bound = \"3s\"");

  /** The host whose disk can be filled, and that joins last. */
  private static final int SMALL = 2;

  private static final int DISK_MEGABYTES = 64;

  @TempDir private static Path folder;
  private static Namespaces net;
  private static Disk disk;
  private static Chain chain;
  private static final List<HostProcess> hosts = new ArrayList<>();

  @BeforeAll
  static void twoHostsInAClusterAndAThirdOne() throws Exception {
    net = Namespaces.build(3);
    disk = Disk.mount(folder.resolve("disk"), DISK_MEGABYTES);
    chain = Chain.startingNow("pool", 100, 300, Files.createFile(folder.resolve("ledger")));
    NetPlan plan =
        new NetPlan(folder, "pool", Checkout.standIn(), "custom", Optional.of(chain.ledger()));
    SignerKey.generate(plan.key(), "pool");
    for (int i = 0; i < 3; i++) {
      hosts.add(host(i, plan, folder.resolve(i == SMALL ? "disk/cluster" : "cluster" + i)));
      hosts.get(i).start();
    }
    for (HostProcess host : hosts) {
      eventually(() -> assertThat(host.control().status()).isNotNull());
    }
    begin(0, new Control(true, Map.of(), null, null, null));
    begin(1, joining(token(1)));
    awaitAllOnline(0, 2);
  }

  private static HostProcess host(int number, NetPlan plan, Path cluster) throws Exception {
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
    for (String time : TIMES) {
      host.set("lock", time);
    }
    return host;
  }

  @AfterAll
  static void end() throws Exception {
    for (HostProcess host : hosts) {
      if (host.daemon() != null) {
        host.daemon().kill(); // in order each would wait for those that are gone already
      }
    }
    for (HostProcess host : hosts) {
      host.close();
    }
    hosts.clear();
    if (disk != null) {
      disk.close();
    }
    if (net != null) {
      net.close();
    }
  }

  @AfterEach
  void neverTwoSigned() throws Exception {
    assertThat(Ledger.judge(chain.ledger()).overlaps()).as("two signed at once").isEmpty();
  }

  private static String token(int number) throws ControlException {
    return hosts.get(0).control().cluster().addToken(new TokenRequest("n" + number, null));
  }

  /** With the time that kneardctl gives it: the daemon itself waits for a minute. */
  private static void begin(int number, Control order) throws ControlException {
    new ControlClient(hosts.get(number).socket()).cluster().begin(order);
  }

  private static Control joining(String token) {
    return new Control(false, Map.of(), token, null, null);
  }

  private static void awaitAllOnline(int asked, int count) {
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

  private static int signer(List<Integer> among) {
    return await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(
            () -> among.stream().filter(i -> key(i).equals("live")).findFirst(),
            Optional::isPresent)
        .get();
  }

  private static String key(int number) {
    try {
      return hosts.get(number).control().status().key();
    } catch (ControlException e) {
      return "";
    }
  }

  /** How often signing has begun or ended anywhere. */
  private static long signings() throws IOException {
    return Files.readAllLines(chain.ledger()).stream()
        .filter(line -> line.contains("kind=sign-st"))
        .count();
  }

  private static void cut(int number, boolean cut) throws Exception {
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

  private static void awaitOffline(int number) {
    eventually(
        () ->
            assertThat(hosts.get(number).control().status().database())
                .startsWith("Database is offline"));
  }

  private static void awaitUnreachable(int number, int asked) {
    eventually(
        () ->
            assertThat(hosts.get(asked).control().cluster().list())
                .filteredOn(m -> m.name().equals("n" + number))
                .extracting(ClusterMember::status)
                .containsExactly("UNREACHABLE"));
  }

  @Test
  @Order(1)
  void aHostThatIsCutOffWhileItJoinsBecomesAMemberOnceItIsThereAgain() throws Exception {
    String token = token(SMALL);
    CompletableFuture<Void> joining =
        CompletableFuture.runAsync(
            () -> {
              try {
                begin(SMALL, joining(token));
              } catch (ControlException e) {
                throw new CompletionException(e);
              }
            });
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> Files.exists(folder.resolve("disk/cluster/cluster.key")));
    cut(SMALL, true);
    awaitUnreachable(SMALL, 0);
    assertThat(hosts.get(SMALL).control().status().database()).isNotEqualTo("Database is online");
    assertThat(joining).as("what has become of it is not known yet").isNotDone();
    cut(SMALL, false);
    joining.get(LONG.toSeconds(), TimeUnit.SECONDS);
    awaitAllOnline(SMALL, 3);
  }

  @Test
  @Order(2)
  void aMemberWhoseDiskIsFullGoesOnLaterAndTheOthersMeanwhile() throws Exception {
    disk.fill();
    for (int i = 0; i < 40; i++) {
      hosts.get(0).control().cluster().addToken(new TokenRequest("during-" + i, null));
    }
    disk.empty();
    awaitAllOnline(SMALL, 3);
    eventually(
        () -> assertThat(tokens(SMALL)).filteredOn(name -> name.startsWith("during-")).hasSize(40));
  }

  @Test
  @Order(3)
  void oneThatDoesNotSignIsCutOffAndNothingElseChanges() throws Exception {
    int signer = signer(List.of(0, 1, 2));
    int lost = without(signer).get(0);
    long begin = signings();

    cut(lost, true);
    awaitOffline(lost);
    cut(lost, false);
    awaitAllOnline(lost, 3);

    assertThat(key(signer)).as("%s", hosts.get(signer).control().status()).isEqualTo("live");
    assertThat(signings()).isEqualTo(begin);
  }

  @Test
  @Order(4)
  void aSignerThatIsCutOffStopsAndAnotherSignsWithTheDataOfTheMajority() throws Exception {
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
    awaitOffline(lost);
    awaitUnreachable(lost, next);

    cut(lost, false);
    awaitAllOnline(lost, 3);
    assertThat(tokens(lost)).contains("written-meanwhile").doesNotContain("lost");
    signer(List.of(0, 1, 2));
  }

  private static List<String> tokens(int asked) throws ControlException {
    return hosts.get(asked).control().cluster().tokens().stream().map(TokenRecord::name).toList();
  }
}

package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.SOON;
import static io.kneard.cluster.DaemonCluster.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.ControlProblem;
import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.ctl.api.cluster.Control;
import io.kneard.ctl.api.cluster.TokenRequest;
import io.kneard.dqlite.Backups;
import io.kneard.exporter.Scrape;
import io.kneard.testbed.Kneardctl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One cluster of real daemons through its life, from its founding to its last member. */
@Order(1) // takes long, so it begins early
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterMembersIT {
  @TempDir private static Path folder;
  private static DaemonCluster cluster;

  @BeforeAll
  static void threeMembers() throws Exception {
    cluster = DaemonCluster.of(folder, "a", "b", "c");
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Order(1)
  void threeHostsFormAClusterOfThreeVotersAndAllSeeTheSame() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      List<ClusterMember> list =
          cluster.awaitList(name, all -> all.stream().allMatch(m -> m.status().equals("ONLINE")));
      assertThat(list).extracting(ClusterMember::name).containsExactly("a", "b", "c");
      assertThat(list).extracting(ClusterMember::role).containsOnly("voter");
      assertThat(list).allMatch(m -> m.certificate().startsWith("-----BEGIN CERTIFICATE"));
      assertThat(list).noneMatch(m -> m.lastHeartbeat().isEmpty());
    }
    assertThat(cluster.client("b").status().database()).isEqualTo("Database is online");
  }

  @Test
  @Order(2)
  void theCommandsShowTheClusterAndItsTokens() throws Exception {
    Kneardctl list = Kneardctl.run(cluster.socket("b"), "cluster", "list");
    assertThat(list.out()).contains("name", "ONLINE", "voter", cluster.address("c"));
    assertThat(list.status()).isZero();
    assertThat(Kneardctl.run(cluster.socket("b"), "cluster", "role", "c").out())
        .isEqualTo("c: voter (ONLINE)\n");
    Kneardctl token = Kneardctl.run(cluster.socket("b"), "cluster", "token", "add", "later");
    assertThat(token.status()).as(token.err()).isZero();
    assertThat(JoinToken.decode(token.out()).joinAddresses()).hasSize(3);
    assertThat(Kneardctl.run(cluster.socket("c"), "cluster", "token", "list").out())
        .contains("later");
    assertThat(Kneardctl.run(cluster.socket("a"), "cluster", "token", "revoke", "later").status())
        .isZero();
    assertThat(cluster.calls("c").tokens()).isEmpty();
    Backups ofTheDay = new Backups(cluster.state("a").resolve("backups"), "cluster", 7);
    await().atMost(SOON).until(() -> ofTheDay.newest().isPresent());
    Kneardctl backup = Kneardctl.run(cluster.socket("a"), "cluster", "backup");
    assertThat(Path.of(backup.out().strip()).resolve("cluster")).isNotEmptyFile();
    assertThat(Kneardctl.run(cluster.socket("a"), "cluster").status()).isEqualTo(2);
  }

  @Test
  @Order(3)
  void aHostThatIsAMemberDoesNotBeginAnew() {
    assertThatThrownBy(
            () ->
                cluster
                    .calls("a")
                    .begin(new Control(true, Map.of(), null, cluster.address("a"), "a")))
        .hasMessageContaining("member already");
    assertThatThrownBy(() -> cluster.calls("a").addToken(new TokenRequest("b", null)))
        .hasMessageContaining("b is a member already");
    assertThatThrownBy(() -> cluster.calls("a").addToken(new TokenRequest("in_valid", null)))
        .hasMessageContaining("valid FQDN");
  }

  @Test
  @Order(4)
  void aTokenIsGoodOnceInTimeForItsNameAndItsCluster() throws Exception {
    cluster.start("d");
    String address = cluster.address("d");
    String brief =
        cluster.calls("a").addToken(new TokenRequest("d", Duration.ofMillis(1).toNanos()));
    assertThatThrownBy(() -> cluster.join("d", brief, address)).hasMessage("Token expired");
    String revoked = cluster.calls("a").addToken(new TokenRequest("d", null));
    cluster.calls("b").revokeToken("d");
    assertThatThrownBy(() -> cluster.join("d", revoked, address))
        .hasMessageContaining("Token unknown, used or revoked");
    String other = cluster.calls("a").addToken(new TokenRequest("e", null));
    assertThatThrownBy(() -> cluster.join("d", other, address))
        .hasMessageContaining("Token unknown");
    JoinToken real = JoinToken.decode(other);
    String foreign = new JoinToken(real.secret(), "0".repeat(64), real.joinAddresses()).encode();
    assertThatThrownBy(() -> cluster.join("d", foreign, address))
        .hasMessageContaining("not trusted");
    assertThatThrownBy(() -> cluster.join("d", other.substring(0, 99), address))
        .hasMessageContaining("not a whole token");
    assertThat(Files.exists(cluster.state("d").resolve("member.yaml"))).isFalse();

    String good = cluster.calls("a").addToken(new TokenRequest("d", null));
    cluster.join("d", good, address);
    assertThat(cluster.calls("d").list()).hasSize(4);
    cluster.start("e");
    assertThatThrownBy(
            () ->
                cluster
                    .calls("e")
                    .begin(new Control(false, Map.of(), good, cluster.address("e"), "d")))
        .hasMessageContaining("Token unknown, used or revoked");
    cluster.awaitList("a", list -> member(list, "d").role().equals("stand-by"));
  }

  @Test
  @Order(5)
  void aDeadMemberIsUnreachableAndDoesNotMakeTheListSlow() throws Exception {
    cluster.daemon("d").process().destroyForcibly();
    cluster.awaitList("a", list -> member(list, "d").status().equals("UNREACHABLE"));
    long begun = System.nanoTime();
    List<ClusterMember> list = cluster.calls("a").list();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2500));
    assertThat(member(list, "d").status()).isEqualTo("UNREACHABLE");
  }

  @Test
  @Order(6)
  void aMemberThatIsBackHasItsRoleAgain() throws Exception {
    cluster.daemon("d").process().waitFor(10, TimeUnit.SECONDS);
    cluster.daemon("d").start();
    cluster.awaitAnswer("d");
    cluster.awaitList(
        "a",
        list ->
            member(list, "d").status().equals("ONLINE")
                && member(list, "d").role().equals("stand-by"));
  }

  @Test
  @Order(7)
  void aStandByReplacesAVoterThatIsKilled() throws Exception {
    cluster.daemon("b").process().destroyForcibly();
    List<ClusterMember> list =
        cluster.awaitList(
            "c",
            all ->
                member(all, "d").role().equals("voter")
                    && !member(all, "b").role().equals("voter"));
    assertThat(list).filteredOn(m -> m.role().equals("voter")).hasSize(3);
  }

  @Test
  @Order(8)
  void aVoterWhoseDatabaseIsGoneLosesItsVoteThoughItsDaemonAnswers() throws Exception {
    cluster.daemon("b").process().waitFor(10, TimeUnit.SECONDS);
    cluster.daemon("b").start();
    cluster.awaitList("c", list -> member(list, "b").role().equals("stand-by"));
    Path database = cluster.state("d").resolve("database");
    Path aside = Files.move(database, database.resolveSibling("aside"));
    killDatabase("d");
    List<ClusterMember> list =
        cluster.awaitList(
            "c",
            all ->
                member(all, "b").role().equals("voter")
                    && !member(all, "d").role().equals("voter"));
    assertThat(list).filteredOn(m -> m.role().equals("voter")).hasSize(3);
    assertThat(cluster.client("d").status().database()).contains("is missing");
    cluster.daemon("d").process().destroyForcibly();
    cluster.daemon("d").process().waitFor(10, TimeUnit.SECONDS);
    Files.move(aside, database);
    cluster.daemon("d").start();
    cluster.awaitList("c", all -> member(all, "d").role().equals("stand-by"));
  }

  private static void killDatabase(String name) {
    cluster.daemon(name).process().children().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  @Order(9)
  void aMemberThatDoesNotAnswerIsRemovedByForceOnly() throws Exception {
    cluster.daemon("b").process().destroyForcibly();
    assertThatThrownBy(() -> cluster.calls("c").remove("b", false)).hasMessageContaining("--force");
    assertThatThrownBy(() -> cluster.calls("c").remove("nobody", false))
        .hasMessageContaining("nobody is not a member");
    cluster.calls("c").remove("b", true);
    assertThat(cluster.calls("a").list()).extracting(ClusterMember::name).doesNotContain("b");
    assertThat(Files.exists(cluster.state("a").resolve("truststore/b.yaml"))).isFalse();
    cluster.daemon("b").process().waitFor(10, TimeUnit.SECONDS);
    cluster.daemon("b").start();
    cluster.awaitAnswer("b");
    assertThatThrownBy(() -> cluster.calls("b").list()).hasMessageContaining("Database is");
  }

  @Test
  @Order(10)
  void theLeaderCanBeRemovedAndItsHostIsInNoClusterThen() throws Exception {
    cluster.calls("c").remove("a", false);
    cluster.awaitList("c", list -> list.stream().noneMatch(m -> m.name().equals("a")));
    await().atMost(SOON).until(() -> !Files.exists(cluster.state("a").resolve("member.yaml")));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> cluster.calls("a").list())
                    .hasMessageContaining("Database is not yet initialized"));
    cluster.join("a", cluster.calls("d").addToken(new TokenRequest("a", null)), address("a"));
    cluster.awaitList("a", list -> member(list, "a").role().equals("voter"));
  }

  private static String address(String name) {
    return cluster.address(name);
  }

  @Test
  @Order(11)
  void afterAllWereStoppedTheClusterComesBack() throws Exception {
    List<String> names = List.of("a", "c", "d");
    names.forEach(name -> cluster.daemon(name).process().destroy());
    for (String name : names) {
      assertThat(cluster.daemon(name).process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    for (String name : names) {
      cluster.daemon(name).start();
    }
    for (String name : names) {
      cluster.awaitList(
          name,
          list -> list.size() == 3 && list.stream().allMatch(m -> m.status().equals("ONLINE")));
    }
  }

  @Test
  @Order(12)
  void aNewCertificateIsTrustedByAll() throws Exception {
    String before = member(cluster.calls("a").list(), "d").certificate();
    cluster.calls("d").renew();
    List<ClusterMember> list =
        cluster.awaitList(
            "a",
            all ->
                !member(all, "d").certificate().equals(before)
                    && all.stream().allMatch(m -> m.status().equals("ONLINE")));
    assertThat(list).hasSize(3);
    cluster.awaitList("d", all -> all.stream().allMatch(m -> m.status().equals("ONLINE")));
    for (String name : List.of("a", "d")) {
      assertThat(expiryMetric(name)).isEqualTo(firstEndOfCertificates(name));
    }
  }

  private static long expiryMetric(String name) throws Exception {
    return (long)
        Scrape.of(cluster.daemon(name).metrics(), "/metrics")
            .value("kneard_cluster_certificate_expiry_seconds")
            .orElseThrow();
  }

  private static long firstEndOfCertificates(String name) throws Exception {
    long first = Long.MAX_VALUE;
    for (String file : List.of("server.crt", "cluster.crt")) {
      String pem = Files.readString(cluster.state(name).resolve(file));
      first = Math.min(first, Certificates.parse(pem).getNotAfter().toInstant().getEpochSecond());
    }
    return first;
  }

  @Test
  @Order(13)
  void theLastMemberStays() throws Exception {
    removeThroughD("a");
    removeThroughD("c");
    cluster.awaitList("d", list -> list.size() == 1 && member(list, "d").role().equals("voter"));
    assertThatThrownBy(() -> cluster.calls("d").remove("d", true))
        .hasMessage("Cannot leave a cluster with 1 members");
  }

  /** Again while the database has no leader, as for a moment after a renewal or a removal. */
  private static void removeThroughD(String name) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              try {
                cluster.calls("d").remove(name, false);
                return true;
              } catch (ControlProblem e) {
                if (e.getMessage().startsWith("Database is offline")) {
                  return false;
                }
                throw e;
              }
            });
  }
}

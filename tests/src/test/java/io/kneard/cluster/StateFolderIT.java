package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.ClusterCalls;
import io.kneard.ctl.api.ControlProblem;
import io.kneard.ctl.api.MeshCalls;
import io.kneard.ctl.api.cluster.TokenRequest;
import io.kneard.ctl.api.mesh.ClassWish;
import io.kneard.ctl.api.mesh.HostWish;
import io.kneard.ctl.api.mesh.ReplicaWish;
import io.kneard.ctl.api.mesh.VolumeWish;
import io.kneard.testbed.DaemonProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A member's own files, damaged and shared. */
class StateFolderIT {
  @TempDir private Path folder;
  private DaemonCluster cluster;

  @BeforeEach
  void aMember() throws Exception {
    cluster = DaemonCluster.of(folder, "a");
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private void stop() throws Exception {
    cluster.daemon("a").process().destroy();
    assertThat(cluster.daemon("a").process().waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private String state(String name) throws Exception {
    return cluster.client(name).status().database();
  }

  @ParameterizedTest
  @CsvSource({
    "member.yaml, 'member.yaml: cannot be read; name, address, node_id and node_address are wanted'",
    "server.key, server.key",
    "cluster.crt, cluster.crt",
    "database-identity, database-identity"
  })
  void aDamagedFileTakesTheDatabaseOfflineAndIsNamedAndKept(String file, String named)
      throws Exception {
    stop();
    Path damaged = cluster.state("a").resolve(file);
    Files.writeString(damaged, "\u0000 not: [what it was");
    cluster.daemon("a").start();
    cluster.awaitAnswer("a");
    await().atMost(SOON).until(() -> state("a").contains("offline"));
    assertThat(state("a")).contains(named);
    assertThat(damaged).hasContent("\u0000 not: [what it was");
    assertThatThrownBy(() -> cluster.calls("a").list()).hasMessageContaining("Database is offline");
  }

  @Test
  void whateverNeedsTheDatabaseAnswers503WithItsMessageWhileItIsOffline() throws Exception {
    stop();
    Files.writeString(cluster.state("a").resolve("database-identity"), "not what it was");
    cluster.daemon("a").start();
    cluster.awaitAnswer("a");
    await().atMost(SOON).until(() -> state("a").contains("offline"));
    for (Map.Entry<String, ThrowingCallable> call : callsThatNeedTheDatabase().entrySet()) {
      assertThatThrownBy(call.getValue())
          .as(call.getKey())
          .isInstanceOfSatisfying(
              ControlProblem.class,
              problem ->
                  assertThat(problem.status()).as("%s: %s", call.getKey(), problem).isEqualTo(503))
          .hasMessageContaining("Database is offline");
    }
    assertThat(cluster.calls("a").server()).as("needs none").isNotNull();
  }

  private Map<String, ThrowingCallable> callsThatNeedTheDatabase() {
    ClusterCalls members = cluster.calls("a");
    MeshCalls mesh = cluster.client("a").mesh();
    VolumeWish volume = volume("v", 1L << 30);
    VolumeWish change = volume(null, null);
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("list members", members::list);
    calls.put("list tokens", members::tokens);
    calls.put("add a token", () -> members.addToken(new TokenRequest("b", null)));
    calls.put("revoke a token", () -> members.revokeToken("b"));
    calls.put("remove a member", () -> members.remove("b", false));
    calls.put("remove a member by force", () -> members.remove("b", true));
    calls.put("back up", members::backup);
    calls.put("renew the certificate", members::renew);
    calls.put("list volumes", mesh::volumes);
    calls.put("show a volume", () -> mesh.volume("v"));
    calls.put("create a volume", () -> mesh.create(volume));
    calls.put("set a volume", () -> mesh.set("v", change));
    calls.put("resize a volume", () -> mesh.resize("v", 2L << 30));
    calls.put("delete a volume", () -> mesh.delete("v"));
    calls.put("export a volume", () -> mesh.export("v"));
    calls.put("set a replica", () -> mesh.replica("v", "a", new ReplicaWish("D", null, false)));
    calls.put("remove a replica", () -> mesh.removeReplica("v", "a", false));
    calls.put("attach", () -> mesh.attach("v", "a"));
    calls.put("detach", () -> mesh.detach("v", "a", false));
    calls.put("list classes", mesh::classes);
    calls.put("create a class", () -> mesh.createClass(new ClassWish("k", change, null, null)));
    calls.put("set a class", () -> mesh.setClass("k", new ClassWish(null, change, null, null)));
    calls.put("list hosts", mesh::hosts);
    calls.put("drain a host", () -> mesh.host("a", new HostWish(null, true)));
    return calls;
  }

  private static VolumeWish volume(String name, Long size) {
    return new VolumeWish(
        name, size, null, null, 1, 1, null, null, null, null, null, null, null, null);
  }

  @Test
  void aSecondDaemonOnTheSameFolderIsRefusedAndHarmsNothing() throws Exception {
    DaemonProcess second = cluster.prepare("b");
    second.set("KNEARD_CLUSTER_DIR", cluster.state("a").toString());
    second.start();
    cluster.awaitAnswer("b");
    assertThat(state("b")).contains("offline", "another daemon", cluster.state("a").toString());
    assertThatThrownBy(() -> cluster.calls("b").list()).hasMessageContaining("another daemon");
    assertThat(state("a")).isEqualTo("Database is online");
    assertThat(cluster.calls("a").list()).hasSize(1);
  }
}

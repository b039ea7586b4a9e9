package io.kneard.daemon;

import static io.kneard.testbed.Await.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.mesh.ReplicaView;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.http.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes of three hosts from order to kernel: real databases, stand-in kernels. */
@Order(1) // takes long, so it begins early
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VolumesIT {
  private static final long GIB = 1L << 30;

  @TempDir private static Path folder;
  private static MeshCluster cluster;

  @BeforeAll
  static void threeHosts() throws Exception {
    cluster = new MeshCluster(folder, "a", "b", "c");
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static JsonNode create(String name) throws Exception {
    return cluster.ask("b", "POST", "/v1/volumes", Map.of("name", name, "size", GIB));
  }

  private static void assertFormed(VolumeView view) {
    assertThat(view.replicas()).extracting(ReplicaView::type).containsExactly("D", "D", "D");
    assertThat(view.replicas()).extracting(ReplicaView::disk).containsOnly("UP_TO_DATE");
    assertThat(view.votes()).isEqualTo(2);
    assertThat(view.copies()).isEqualTo(2);
    for (String host : List.of("a", "b", "c")) {
      assertThat(cluster.kernels().quorum(host, "kneard-" + view.name())).isTrue();
    }
  }

  @Test
  @Order(1)
  void aVolumeThatIsOrderedBecomesRealOnThreeKernels() throws Exception {
    assertThat(create("db").path("name").asText()).isEqualTo("db");
    VolumeView view = cluster.awaited("c", "db", VolumeView::settled);
    assertFormed(view);
    assertThat(view.actualFttBua()).isEqualTo(1);
    assertThat(view.replicas())
        .allSatisfy(replica -> assertThat(replica.links()).hasSize(2))
        .allSatisfy(replica -> assertThat(replica.reason()).contains("placed here"));
    assertThat(Files.isSymbolicLink(folder.resolve("a-dev/db"))).isTrue();
  }

  @Test
  @Order(2)
  void itIsAttachedUsedGrownAndDetached() throws Exception {
    cluster.ask("a", "PUT", "/v1/volumes/db/attachments", Map.of());
    cluster.awaited("b", "db", VolumeView::settled);
    assertThat(cluster.kernels().serves("a", "kneard-db")).isTrue();
    JsonNode refused = cluster.ask("b", "DELETE", "/v1/volumes/db", Map.of());
    assertThat(refused.path("message").asText()).contains("in use on a: detach it first");
    JsonNode smaller = cluster.ask("b", "PUT", "/v1/volumes/db/size", Map.of("size", GIB / 2));
    assertThat(smaller.path("message").asText()).contains("volumes do not shrink");
    cluster.ask("b", "PUT", "/v1/volumes/db/size", Map.of("size", 2 * GIB));
    cluster.awaited("c", "db", view -> view.settled() && view.size() == 2 * GIB);
    cluster.kernels().open("a", "kneard-db", true);
    cluster.ask("c", "DELETE", "/v1/volumes/db/attachments/a", Map.of());
    VolumeView waiting =
        cluster.awaited(
            "c",
            "db",
            view -> view.state().contains("in use") || view.replicas().get(0).problem() != null);
    assertThat(waiting.replicas().get(0).host()).isEqualTo("a");
    cluster.kernels().open("a", "kneard-db", false);
    cluster.awaited("c", "db", view -> view.settled() && !view.replicas().get(0).attached());
  }

  @Test
  @Order(3)
  void whatMakesNoSenseIsRefusedInWords() throws Exception {
    assertThat(message("POST", "/v1/volumes", Map.of("name", "db", "size", GIB)))
        .contains("there is one already");
    assertThat(message("POST", "/v1/volumes", Map.of("name", "../x", "size", GIB)))
        .contains("volume name ../x");
    assertThat(message("POST", "/v1/volumes", Map.of("name", "x", "size", 1))).contains("size = 1");
    assertThat(
            message(
                "POST",
                "/v1/volumes",
                Map.of("name", "x", "size", GIB, "ftt_bdl", 2, "ftt_bua", 0)))
        .contains("they may differ by one at most");
    assertThat(
            message("POST", "/v1/volumes", Map.of("name", "x", "size", GIB, "topology", "round")))
        .contains("topology = round: one of ignored, zonal, trans-zonal");
    assertThat(
            message("POST", "/v1/volumes", Map.of("name", "x", "size", GIB, "hosts", List.of("z"))))
        .contains("z is no member of the cluster");
    assertThat(message("GET", "/v1/volumes/x", null)).contains("there is no volume x");
    assertThat(message("PUT", "/v1/volumes/db/attachments/z", Map.of()))
        .contains("z is no member of the cluster");
    assertThat(message("PUT", "/v1/volumes/db/replicas/a", Map.of("type", "X", "fresh", false)))
        .contains("type = X: one of A, TB, D, sD");
    assertThat(message("DELETE", "/v1/volumes/db/replicas/z", Map.of()))
        .contains("z has no replica of db");
    assertThat(message("PATCH", "/v1/hosts/z", Map.of("drained", true)))
        .contains("z is no member of the cluster");
    assertThat(message("POST", "/v1/hosts", Map.of())).contains("only GET");
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3} {4}")
  @Order(3)
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /v1/volumes/none                 |                          | 404 | not_found",
        "GET    | /v1/volumes/db/nothing           |                          | 404 | not_found",
        "GET    | /v1/volumes/db/replicas/a/b/c    |                          | 404 | not_found",
        "GET    | /v1/volumes/db/replicas/a        |                          | 405 | bad_method",
        "POST   | /v1/hosts/a                      | {}                       | 405 | bad_method",
        "POST   | /v1/volumes                      | {\"name\":\"x\"}         | 400 | bad_request",
        "POST   | /v1/volumes                      | null                     | 400 | bad_request",
        "POST   | /v1/volumes                      | [1]                      | 400 | bad_request",
        "POST   | /v1/volumes                      | {\"size\":\"much\"}      | 400 | bad_request",
        "PUT    | /v1/volumes/db/size              | {\"size\":1048576}       | 400 | bad_request",
        "PUT    | /v1/volumes/db/attachments/z     | {}                       | 404 | not_found",
        "DELETE | /v1/volumes/db/replicas/z        |                          | 404 | not_found",
        "PATCH  | /v1/hosts/z                      | {\"drained\":true}       | 404 | not_found",
        "PATCH  | /v1/hosts/a                      | {\"zone\":\"a/b\"}       | 400 | bad_request",
        "PATCH  | /v1/classes/none                 | {}                       | 404 | not_found",
      })
  void aRefusalHasItsStatusAndItsCode(
      String method, String path, String body, int status, String code) throws Exception {
    JsonNode json = body == null ? null : ControlJson.get().readTree(body);
    Answer.Whole answer = cluster.answer("a", method, path, json);
    JsonNode said = ControlJson.get().readTree(answer.body());
    assertThat(answer.status()).as(said.toString()).isEqualTo(status);
    assertThat(said.path("code").asText()).isEqualTo(code);
    assertThat(said.path("message").asText()).isNotBlank();
  }

  @Test
  @Order(3)
  void whatCannotBeNowIsAConflict() throws Exception {
    cluster.ask("a", "PUT", "/v1/volumes/db/attachments/a", Map.of());
    assertThat(cluster.answer("b", "DELETE", "/v1/volumes/db", null).status()).isEqualTo(409);
    cluster.ask("a", "DELETE", "/v1/volumes/db/attachments/a", null);
    cluster.awaited("a", "db", VolumeView::settled);
    Map<String, Object> again = Map.of("name", "db", "size", GIB);
    assertThat(cluster.answer("b", "POST", "/v1/volumes", again).status()).isEqualTo(409);
  }

  private static String message(String method, String path, Object body) throws Exception {
    return cluster.ask("a", method, path, body).path("message").asText();
  }

  @Test
  @Order(4)
  void anExportIsAFileForDrbdadm() throws Exception {
    String text = cluster.get("a", "/v1/volumes/db/export").path("text").asText();
    assertThat(text).contains("resource \"kneard-db\"").contains("/dev/group/kneard-db");
  }

  @Test
  @Order(5)
  void theDeathOfTheLeadersDatabaseInTheMiddleStopsNothing() throws Exception {
    for (int round = 0; round < 3; round++) {
      String name = "leaderless-" + round;
      String leader = cluster.leader();
      create(name);
      cluster.killDatabase(leader);
      assertFormed(cluster.awaited(leader.equals("a") ? "b" : "a", name, VolumeView::settled));
    }
  }

  @Test
  @Order(6)
  void anAgentThatDiesBetweenTwoCommandsGoesOnWhereItWas() throws Exception {
    for (String before : List.of("new-minor", "create-md", "attach", "new-path", "connect")) {
      AtomicBoolean died = new AtomicBoolean();
      String name = "died-" + before;
      cluster.killBefore(
          "b",
          line -> {
            boolean dies = line.contains(" " + before + " ") && line.startsWith("drbd");
            died.compareAndSet(false, dies);
            return dies;
          });
      create(name);
      await().atMost(SOON).untilTrue(died);
      cluster.restartVolumes("b");
      assertFormed(cluster.awaited("b", name, VolumeView::settled));
    }
  }

  @Test
  @Order(7)
  void aManualVolumeHasTheReplicasThatAreNamed() throws Exception {
    cluster.ask(
        "a",
        "POST",
        "/v1/volumes",
        Map.of(
            "name",
            "hand",
            "size",
            GIB,
            "manual",
            true,
            "replicas",
            Map.of("a", "D", "b", "D", "c", "TB")));
    VolumeView view = cluster.awaited("a", "hand", VolumeView::settled);
    assertThat(view.replicas()).extracting(ReplicaView::type).containsExactly("D", "D", "TB");
    cluster.ask("a", "PUT", "/v1/volumes/hand/replicas/c", Map.of("type", "D", "fresh", false));
    view =
        cluster.awaited(
            "b",
            "hand",
            v -> v.settled() && v.replicas().stream().allMatch(r -> "D".equals(r.type())));
    assertThat(view.layout()).startsWith("3D");
    cluster.ask("a", "DELETE", "/v1/volumes/hand/replicas/a", Map.of());
    view = cluster.awaited("b", "hand", v -> v.settled() && v.replicas().size() == 2);
    assertThat(view.votes()).isEqualTo(2);
  }

  @Test
  @Order(8)
  void aClassCarriesItsChangesToItsVolumes() throws Exception {
    cluster.ask(
        "a", "POST", "/v1/classes", Map.of("name", "copied", "volumes", Map.of("ftt_bua", 0)));
    cluster.ask(
        "a", "POST", "/v1/volumes", Map.of("name", "of", "size", GIB, "volume_class", "copied"));
    assertThat(cluster.awaited("a", "of", VolumeView::settled).layout()).startsWith("2D ");
    cluster.ask("b", "PATCH", "/v1/classes/copied", Map.of("volumes", Map.of("ftt_bua", 1)));
    VolumeView wider = cluster.awaited("a", "of", v -> v.settled() && v.layout().startsWith("3D "));
    assertThat(wider.replicas()).hasSize(3);
    JsonNode shown = cluster.get("c", "/v1/classes").get(0);
    assertThat(shown.path("revision").asInt()).isEqualTo(2);
    assertThat(shown.path("volumes").asInt()).isEqualTo(1);
    assertThat(shown.path("state").asText()).isEqualTo("all have the latest");
    assertThat(message("POST", "/v1/classes", Map.of("name", "copied")))
        .contains("there is one already");
    assertThat(message("PATCH", "/v1/classes/none", Map.of())).contains("there is no class none");
  }

  @Test
  @Order(8)
  void whatNoHostIsLeftForIsSaidAndNotWaitedForInVain() throws Exception {
    cluster.ask("a", "PATCH", "/v1/volumes/db", Map.of("ftt_bdl", 2));
    VolumeView lacking =
        cluster.awaited(
            "a",
            "db",
            v -> v.layout().startsWith("4D ") && v.state().contains("3 of 4 D; no host for a"));
    assertThat(lacking.settled()).isFalse();
    cluster.ask("a", "PATCH", "/v1/volumes/db", Map.of("ftt_bdl", 1));
    assertFormed(cluster.awaited("a", "db", VolumeView::settled));
  }

  @Test
  @Order(9)
  void aDeletedVolumeLeavesNothingBehind() throws Exception {
    cluster.ask("c", "DELETE", "/v1/volumes/db", Map.of());
    await()
        .atMost(SOON)
        .until(() -> cluster.get("c", "/v1/volumes/db").path("code").asText().equals("not_found"));
    assertThat(cluster.kernels().quorum("a", "kneard-db")).isFalse();
    assertThat(Files.isSymbolicLink(folder.resolve("a-dev/db"))).isFalse();
    create("db");
    assertFormed(cluster.awaited("a", "db", VolumeView::settled));
  }

  @Test
  @Order(11)
  void aClassGoesOnWithItsVolumesAfterTheLeadHasMoved() throws Exception {
    Map<String, Object> two = Map.of("ftt_bua", 0);
    cluster.ask("a", "POST", "/v1/classes", Map.of("name", "led", "in_flight", 1, "volumes", two));
    List<String> names = List.of("led-1", "led-2", "led-3");
    for (String name : names) {
      cluster.ask(
          "a", "POST", "/v1/volumes", Map.of("name", name, "size", GIB, "volume_class", "led"));
    }
    for (String name : names) {
      cluster.awaited("a", name, VolumeView::settled);
    }
    String leader = cluster.leader();
    cluster.ask("b", "PATCH", "/v1/classes/led", Map.of("volumes", Map.of("ftt_bua", 1)));
    cluster.awaited("b", "led-1", view -> view.goal().startsWith("3D"));
    cluster.killDatabase(leader);
    for (String name : names) {
      cluster.awaited("c", name, view -> view.settled() && view.layout().startsWith("3D"));
    }
    assertThat(cluster.get("c", "/v1/classes").findValuesAsText("state"))
        .contains("all have the latest");
  }

  @Test
  @Order(12)
  void aHostThatIsLostIsGivenUpAndReplacedByForceOnly() throws Exception {
    cluster.ask("a", "PUT", "/v1/volumes/db/attachments/b", Map.of());
    cluster.awaited("a", "db", VolumeView::settled);
    cluster.lose("c");
    VolumeView degraded = cluster.awaited("a", "db", VolumesIT::nothingIsHeardOfC);
    assertThat(degraded.settled() || !degraded.protection().isEmpty()).isTrue();
    assertThat(cluster.kernels().serves("b", "kneard-db")).isTrue();
    JsonNode answer = cluster.ask("a", "DELETE", "/v1/volumes/db/replicas/c?force=1", Map.of());
    assertThat(answer.path("code").asText()).as("%s", answer).isEmpty();
    VolumeView without =
        cluster.awaited(
            "a",
            "db",
            view -> view.waits().stream().anyMatch(s -> s.contains("c is not heard of")));
    assertThat(without.replicas())
        .filteredOn(replica -> replica.host().equals("c"))
        .allMatch(replica -> replica.type() == null && replica.wanted() == null);
    assertThat(cluster.kernels().serves("b", "kneard-db")).isTrue();
  }

  /** Neither by the daemons nor by the other replicas, so that it may be given up. */
  private static boolean nothingIsHeardOfC(VolumeView view) {
    return view.replicas().stream()
        .allMatch(
            replica ->
                replica.host().equals("c")
                    ? !replica.heard()
                    : replica.links().stream()
                        .noneMatch(link -> link.host().equals("c") && link.connected()));
  }
}

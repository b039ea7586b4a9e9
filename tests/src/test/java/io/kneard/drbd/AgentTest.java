package io.kneard.drbd;

import static io.kneard.datamesh.MemberType.DISKFUL;
import static io.kneard.datamesh.MemberType.TIE_BREAKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.datamesh.LocalResource;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Stage;
import io.kneard.drbdstandin.HostStorage;
import io.kneard.drbdstandin.HostTools;
import io.kneard.drbdstandin.Hosts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agents of three hosts with their threads, on stand-in kernels. */
class AgentTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Mesh SEEDING = Samples.mesh(1, Stage.SEEDING, DISKFUL, DISKFUL, TIE_BREAKER);

  @TempDir Path links;
  private final Hosts hosts = new Hosts("9.2.18", 1 << 20);
  private final Map<String, Report> reports = new ConcurrentHashMap<>();
  private List<Agent> agents;

  @BeforeEach
  void start() {
    agents = IntStream.range(0, 3).mapToObj(this::agent).toList();
  }

  private Agent agent(int id) {
    String node = CaredHosts.node(id);
    return new Agent(
        () -> new HostTools(hosts, node),
        pool -> new HostStorage(hosts, node),
        new DeviceLink(links.resolve(node)),
        (assignment, report) -> reports.put(assignment.volume() + " on " + node, report),
        Events.ofKernel(),
        System::nanoTime);
  }

  @AfterEach
  void stop() {
    agents.forEach(Agent::close);
  }

  private void assign(String volume, int minor, Mesh mesh) {
    for (int id = 0; id < 3; id++) {
      agents
          .get(id)
          .assign(
              new Assignment(
                  volume,
                  minor,
                  CaredHosts.deviceId(id),
                  Optional.of("pool"),
                  true,
                  mesh.size(),
                  LocalResource.of(mesh, id),
                  true,
                  0,
                  Samples.member(id).addresses()));
    }
  }

  private boolean allAt(String volume, long revision) {
    return IntStream.range(0, 3)
        .allMatch(
            id -> {
              Report report = reports.get(volume + " on " + CaredHosts.node(id));
              return report != null && report.revision() == revision && report.configured();
            });
  }

  @Test
  void aCommandThatHangsIsToldAndTheOtherVolumesAreNotHeldUp() {
    assign("a", 1000, SEEDING);
    await().atMost(BOUND).until(() -> allAt("a", 1));
    hosts.hang("n0", 1);
    assign("a", 1000, Samples.mesh(2, Stage.FORMED, DISKFUL, DISKFUL, TIE_BREAKER));
    await()
        .atMost(BOUND)
        .until(
            () -> reports.get("a on n0").problem().filter(it -> it.contains("no end")).isPresent());
    assertThat(reports.get("a on n0").configured()).isFalse();
    assign("b", 1001, SEEDING);
    await().atMost(BOUND).until(() -> allAt("b", 1));
  }

  @Test
  void severalVolumesComeIntoBeingAndGoAgain() {
    assign("a", 1000, SEEDING);
    assign("b", 1001, SEEDING);
    await().atMost(BOUND).until(() -> allAt("a", 1) && allAt("b", 1));
    assertThat(hosts.quorum("n0", "kneard-a")).isTrue();
    assign("a", 1000, Mesh.NONE);
    await().atMost(BOUND).until(() -> allAt("a", 0));
    assertThat(reports.get("b on n0").revision()).isEqualTo(1);
  }
}

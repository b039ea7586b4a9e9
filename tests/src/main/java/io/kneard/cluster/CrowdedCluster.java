package io.kneard.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.ctl.api.cluster.Envelope;
import io.kneard.dqlite.NodeSettings;
import io.kneard.http.Answer;
import io.kneard.http.Call;
import io.kneard.http.Handler;
import io.kneard.http.HttpServer;
import io.kneard.http.Limits;
import io.kneard.http.TlsDoor;
import io.kneard.testbed.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One real member with a real database, in which many others stand; those are only pretended. */
public final class CrowdedCluster implements AutoCloseable {
  /** Longer than it lives: nobody looks whether the others have a database too. */
  private static final Duration HEARTBEAT = Duration.ofHours(1);

  private static final Duration BOUND = Duration.ofSeconds(30);

  private final String address = "127.0.0.1:" + FreePort.pair();
  private final ClusterService service;
  private final List<HttpServer> answering = new ArrayList<>();
  private final List<ServerSocket> silent = new ArrayList<>();

  /**
   * Starts it.
   *
   * @param answers how many others are there
   * @param dead how many others take connections and never say anything
   */
  public CrowdedCluster(Path folder, int answers, int dead) throws Exception {
    service =
        new ClusterService(
            new ClusterSettings(
                folder,
                "real",
                Optional.empty(),
                HEARTBEAT,
                new RolePlan(3, 3),
                "",
                NodeSettings.DEFAULT_LATENCY,
                Optional.empty(),
                "0",
                List.of(),
                List.of()),
            state -> {},
            () -> {});
    try {
      service.bootstrap("real", address);
      List<TrustedMember> all = new ArrayList<>(List.of(member().trusted()));
      for (int i = 0; i < answers; i++) {
        all.add(pretended("there-" + i, answering()));
      }
      for (int i = 0; i < dead; i++) {
        all.add(pretended("dead-" + i, silent()));
      }
      write(all);
    } catch (ClusterProblem | IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Membership member() throws ClusterProblem {
    return service.member().member;
  }

  private static TrustedMember pretended(String name, InetSocketAddress at) {
    return new TrustedMember(
        name,
        "127.0.0.1:" + at.getPort(),
        Certificates.pem(Certificates.make(name, Instant.now()).certificate()));
  }

  private InetSocketAddress answering() throws Exception {
    InetSocketAddress at = local(FreePort.next());
    Membership member = member();
    answering.add(
        HttpServer.start("pretended", new TlsDoor(at, member::door), new Ready(), Limits.USUAL));
    return at;
  }

  private InetSocketAddress silent() throws IOException {
    ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    silent.add(socket);
    return local(socket.getLocalPort());
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private void write(List<TrustedMember> all) throws Exception {
    Membership member = member();
    member.database.transaction(
        session -> {
          long id = 10;
          for (TrustedMember each : all.subList(1, all.size())) {
            id++;
            ClusterTables.add(
                session, each, member.settings.versions(), id, NodeAddress.of(each.address()), "");
          }
          return true;
        });
    member.trust.replace(all);
  }

  /** Asks over the network for the list: how many members are in which state. */
  public Map<String, Integer> states() throws Exception {
    JsonNode list =
        member()
            .client()
            .ask(new ClusterClient.Question(address, "GET", CoreRoutes.CLUSTER, null), BOUND);
    Map<String, Integer> states = new TreeMap<>();
    list.forEach(each -> states.merge(each.get("status").asText(), 1, Integer::sum));
    return states;
  }

  @Override
  public void close() throws IOException {
    service.close();
    answering.forEach(HttpServer::close);
    for (ServerSocket socket : silent) {
      socket.close();
    }
  }

  private static final class Ready implements Handler {
    @Override
    public Answer answer(Call call) {
      return Answer.text(200, "application/json", text(Envelope.of(null)));
    }

    @Override
    public Answer refusal(int status, String message) {
      return Answer.text(status, "application/json", text(Envelope.error(status, message)));
    }

    private static String text(Envelope envelope) {
      try {
        return io.kneard.ctl.api.ControlJson.get().writeValueAsString(envelope);
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

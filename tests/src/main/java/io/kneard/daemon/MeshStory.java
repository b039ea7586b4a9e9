package io.kneard.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.ctl.api.mesh.ReplicaView;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.testbed.Await;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The life of a volume: made, attached, grown, with one copy less and one more while it is used,
 * detached and deleted; with a crash in the middle.
 */
final class MeshStory {
  private static final long GIB = 1L << 30;

  /** An order that is made again may find that it was taken the first time. */
  private static final Set<String> TAKEN = Set.of("refused", "not_found");

  private final MeshCluster cluster;
  private final String name;
  private final MeshCrash crash;

  private MeshStory(MeshCluster cluster, String name, MeshCrash crash) {
    this.cluster = cluster;
    this.name = name;
    this.crash = crash;
  }

  /**
   * What came of it.
   *
   * @param done so many things were done
   * @param place of the crash; empty if the story was over before
   * @param violation what was wrong
   */
  record Outcome(int done, String place, Optional<String> violation) {
    @Override
    public String toString() {
      return (place.isEmpty() ? "no crash" : place) + violation.map(why -> ": " + why).orElse("");
    }
  }

  /**
   * Plays it.
   *
   * @param after how many things somebody dies; negative: nobody
   */
  static Outcome play(MeshCluster cluster, String name, MeshCrash.Who who, int after)
      throws InterruptedException {
    MeshCrash crash = new MeshCrash(cluster, name, who, after);
    Optional<String> wrong;
    try {
      new MeshStory(cluster, name, crash).run();
      wrong = crash.end();
    } catch (AssertionError e) {
      wrong = Optional.of(crash.end().orElse(e.getMessage()));
    }
    return new Outcome(crash.done(), crash.place(), wrong);
  }

  private void run() throws InterruptedException {
    order("POST", "", Map.of("name", name, "size", GIB));
    settled(3, view -> true);
    order("PUT", "/attachments/b", Map.of());
    settled(3, view -> attached(view) == 1);
    crash.usedOn("b");
    order("PUT", "/size", Map.of("size", 2 * GIB));
    settled(3, view -> view.size() == 2 * GIB);
    order("PATCH", "", Map.of("ftt_bua", 0));
    settled(2, view -> attached(view) == 1);
    order("PATCH", "", Map.of("ftt_bua", 1));
    settled(3, view -> attached(view) == 1);
    crash.unused();
    order("DELETE", "/attachments/b", null);
    settled(3, view -> attached(view) == 0);
    order("DELETE", "", null);
    Await.until(
        name + " is gone",
        () -> cluster.get("a", "/v1/volumes/" + name).path("code").asText().equals("not_found"));
    for (String host : List.of("a", "b", "c")) {
      if (cluster.kernels().quorum(host, "kneard-" + name)) {
        throw new AssertionError("a deleted volume is still there on " + host);
      }
    }
  }

  private static long attached(VolumeView view) {
    return view.replicas().stream().filter(ReplicaView::attached).count();
  }

  /** Until it is taken: while a database dies, orders are refused. */
  private void order(String method, String path, Object body) throws InterruptedException {
    String whole = "/v1/volumes" + (method.equals("POST") ? "" : "/" + name + path);
    Await.until(
        name + ": an order is taken: " + method + " " + path,
        () -> {
          JsonNode answer = cluster.ask("a", method, whole, body);
          return !answer.has("code") || TAKEN.contains(answer.get("code").asText());
        });
  }

  /** Until it is as wanted: every copy UpToDate, and every kernel with quorum. */
  private void settled(int copies, Predicate<VolumeView> wanted) throws InterruptedException {
    VolumeView view =
        cluster.awaited(
            "a", name, one -> one.settled() && one.replicas().size() == copies && wanted.test(one));
    for (ReplicaView replica : view.replicas()) {
      boolean quorum = cluster.kernels().quorum(replica.host(), "kneard-" + name);
      if (!quorum || !"UP_TO_DATE".equals(replica.disk())) {
        throw new AssertionError("settled, but not whole on " + replica.host() + ": " + view);
      }
    }
  }
}

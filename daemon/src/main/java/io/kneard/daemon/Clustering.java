package io.kneard.daemon;

import io.kneard.cluster.ClusterService;
import io.kneard.cluster.ClusterSettings;
import io.kneard.cluster.RolePlan;
import io.kneard.config.HostPort;
import io.kneard.config.Settings;
import io.kneard.database.DatabaseState;
import io.kneard.datamesh.control.MeshTables;
import io.kneard.dqlite.NodeSettings;
import io.kneard.lock.embedded.LockTables;
import io.kneard.metrics.HostView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** From settings to a place in the cluster, and what is shown of it. */
final class Clustering {
  private Clustering() {}

  static ClusterSettings settings(Settings settings) {
    Settings.Cluster cluster = settings.cluster();
    return new ClusterSettings(
        cluster.dir(),
        settings.nodeId(),
        cluster.address().map(HostPort::toString),
        cluster.heartbeat(),
        new RolePlan(cluster.voters(), cluster.standBys()),
        cluster.failureDomain(),
        NodeSettings.DEFAULT_LATENCY,
        cluster.updateProgram(),
        Version.TEXT,
        Stream.concat(LockTables.STEPS.stream(), MeshTables.STEPS.stream()).toList(),
        List.of());
  }

  /** For {@code kneardctl status}; empty on a host that is in no cluster. */
  static Optional<String> shown(ClusterService service) {
    DatabaseState state = service.state();
    return state instanceof DatabaseState.NotInitialized
        ? Optional.empty()
        : Optional.of(state.message());
  }

  /** For the metrics; empty on a host that is in no cluster. */
  static Optional<HostView.Cluster> view(ClusterService service) {
    DatabaseState state = service.state();
    if (state instanceof DatabaseState.NotInitialized) {
      return Optional.empty();
    }
    OptionalDouble ends =
        service
            .certificateEnds()
            .map(at -> OptionalDouble.of((double) at.getEpochSecond()))
            .orElse(OptionalDouble.empty());
    return Optional.of(new HostView.Cluster(state.word(), ends));
  }
}

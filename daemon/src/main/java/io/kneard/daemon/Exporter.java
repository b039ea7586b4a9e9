package io.kneard.daemon;

import io.kneard.config.Settings;
import io.kneard.control.MetricsServer;
import io.kneard.metrics.HostView;
import io.kneard.neard.Uptime;
import io.kneard.supervisor.Node;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** One host's metrics port, and what it needs in the background. */
final class Exporter implements AutoCloseable {
  private final NeardDuties duties;
  private final MetricsServer server;

  private Exporter(NeardDuties duties, MetricsServer server) {
    this.duties = duties;
    this.server = server;
  }

  /**
   * Serves what {@code metrics} has counted and what {@code host} knows, and {@code cluster}.
   *
   * @throws IOException that names the setting, if the address cannot be listened on
   */
  static Exporter start(
      Settings settings,
      Host host,
      HostMetrics metrics,
      Supplier<Optional<HostView.Cluster>> cluster)
      throws IOException {
    NeardDuties duties =
        new NeardDuties(
            settings.accountId(),
            () -> inSync(host),
            host.maintained()::metrics,
            NeardDuties.ASK_EVERY);
    try {
      InetSocketAddress address = settings.metrics().address().socketAddress();
      Duration interval = settings.neard().statusInterval();
      return new Exporter(
          duties,
          MetricsServer.start(address, new Source(host, metrics, duties, cluster, interval)));
    } catch (IOException e) {
      duties.close();
      throw e;
    }
  }

  private static boolean inSync(Host host) {
    return host.current().node() instanceof Node.Up up
        && up.failures() == 0
        && !up.view().syncing();
  }

  /** Where it listens, with the real port. */
  InetSocketAddress address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
    duties.close();
  }

  private record Source(
      Host host,
      HostMetrics metrics,
      NeardDuties duties,
      Supplier<Optional<HostView.Cluster>> cluster,
      Duration statusInterval)
      implements MetricsServer.Source {
    @Override
    public String page() {
      return metrics.page(host.current(), duties.latest(), cluster.get(), Uptime.nanos());
    }

    @Override
    public Optional<String> problem() {
      return metrics.problem(statusInterval, Uptime.nanos());
    }

    @Override
    public Optional<Long> neardPid() {
      return host.neardPid();
    }
  }
}

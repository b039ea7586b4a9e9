package io.kneard.localnet;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.StatusReport;
import io.kneard.standin.Chain;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Localnet;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the hosts are doing, from their control sockets. */
final class Table {
  /** A frozen daemon must not hold the table up. */
  private static final Duration ANSWERS = Duration.ofMillis(300);

  private final Localnet net;

  Table(Localnet net) {
    this.net = net;
  }

  /** A row for each host. */
  String page(int selected, Set<Integer> frozen) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append(
        "  %-8s %-12s %-10s %8s  %s%n"
            .formatted("host", "state", "key", "height", "why, and what was done to it"));
    int number = 0;
    OptionalLong highest = OptionalLong.empty();
    for (HostProcess host : net.hosts()) {
      number++;
      Optional<StatusReport> status = status(host);
      highest = higher(highest, status);
      page.append(
          "%s %-8s %-12s %-10s %8s  %s%s%s%n"
              .formatted(
                  number == selected ? ">" : " ",
                  host.name(),
                  status.isPresent() ? status.get().state() : host.state(),
                  status.map(StatusReport::key).orElse("?"),
                  status.map(s -> s.neard().height()).map(String::valueOf).orElse("-"),
                  frozen.contains(number) ? "[frozen] " : "",
                  host.isCutOff() ? "[cut off from Consul] " : "",
                  status.map(StatusReport::why).orElse("no answer on its socket")));
    }
    HostProcess host = net.host(selected);
    return page.append("%nthe chain is at height %s%n".formatted(chainHeight(highest)))
        .append("%s  socket  %s%n".formatted(host.name(), host.socket()))
        .append("%s  metrics %s%n".formatted(host.name(), host.metricsUrl()))
        .append("%s  log     %s%n".formatted(host.name(), host.log()))
        .append(
            net.kernels()
                .map(it -> "%s  kernel  %s%n".formatted(host.name(), it.look(host.name())))
                .orElse(""))
        .toString();
  }

  /** All hosts in one line. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    OptionalLong highest = OptionalLong.empty();
    for (HostProcess host : net.hosts()) {
      Optional<StatusReport> status = status(host);
      highest = higher(highest, status);
      line.append(
          "%s %-11s %-9s %6s | "
              .formatted(
                  host.name(),
                  status.isPresent() ? status.get().state() : host.state(),
                  status.map(s -> "key " + s.key()).orElse(""),
                  status.map(s -> s.neard().height()).map(String::valueOf).orElse("-")));
    }
    return line + "chain " + chainHeight(highest);
  }

  private static OptionalLong higher(OptionalLong highest, Optional<StatusReport> status) {
    Long height = status.map(s -> s.neard().height()).orElse(null);
    return height == null || height <= highest.orElse(-1) ? highest : OptionalLong.of(height);
  }

  /** The chain's own where it is known, or else the highest of the hosts'. */
  private String chainHeight(OptionalLong highest) {
    if (net.hasStandIns()) {
      return Long.toString(net.chain().heightAt(Chain.uptimeMillis()));
    }
    return highest.isPresent() ? Long.toString(highest.getAsLong()) : "-";
  }

  private static Optional<StatusReport> status(HostProcess host) {
    try {
      return Optional.of(host.control().withTimeout(ANSWERS).status());
    } catch (ControlException e) {
      return Optional.empty();
    }
  }
}

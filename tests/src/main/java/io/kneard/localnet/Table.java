package io.kneard.localnet;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.StatusReport;
import io.kneard.standin.Chain;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Localnet;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
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
    for (HostProcess host : net.hosts()) {
      number++;
      Optional<StatusReport> status = status(host);
      page.append(
          "%s %-8s %-12s %-10s %8s  %s%s%s%n"
              .formatted(
                  number == selected ? ">" : " ",
                  host.name(),
                  status.isPresent() ? status.get().state() : host.state(),
                  status.map(StatusReport::key).orElse("?"),
                  status.map(s -> s.neard().height()).map(String::valueOf).orElse("-"),
                  frozen.contains(number) ? "[frozen] " : "",
                  host.consul().isCut() ? "[cut off from Consul] " : "",
                  status.map(StatusReport::why).orElse("no answer on its socket")));
    }
    return page.append("%nthe chain is at height %d%n".formatted(chainHeight())).toString();
  }

  /** All hosts in one line. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (HostProcess host : net.hosts()) {
      Optional<StatusReport> status = status(host);
      line.append(
          "%s %-11s %-9s %6s | "
              .formatted(
                  host.name(),
                  status.isPresent() ? status.get().state() : host.state(),
                  status.map(s -> "key " + s.key()).orElse(""),
                  status.map(s -> s.neard().height()).map(String::valueOf).orElse("-")));
    }
    return line + "chain " + chainHeight();
  }

  private long chainHeight() {
    return net.chain().heightAt(Chain.uptimeMillis());
  }

  private static Optional<StatusReport> status(HostProcess host) {
    try {
      return Optional.of(host.control().withTimeout(ANSWERS).status());
    } catch (ControlException e) {
      return Optional.empty();
    }
  }
}

package io.kneard.ctl.show;

import io.kneard.ctl.api.mesh.HostView;
import java.util.List;
import java.util.stream.Collectors;

/** Hosts as places for volumes. */
public final class HostText {
  private HostText() {}

  /** A line for each. */
  public static String hosts(List<HostView> hosts, Style style) {
    if (hosts.isEmpty()) {
      return "There is no host.";
    }
    TextTable table = new TextTable("host", "zone", "replicas", "pools", "address", "state");
    for (HostView host : hosts) {
      table.add(
          Plain.line(host.name()),
          or(host.zone()),
          Integer.toString(host.replicas()),
          or(
              host.pools().stream()
                  .map(
                      pool ->
                          Plain.line(pool.name())
                              + (pool.problem() == null
                                  ? " " + Bytes.of(pool.free())
                                  : " (not usable)"))
                  .collect(Collectors.joining(", "))),
          or(String.join(", ", host.addresses())),
          state(host, style));
    }
    StringBuilder text = new StringBuilder(table.toString());
    hosts.forEach(
        host ->
            host.pools().stream()
                .filter(pool -> pool.problem() != null)
                .forEach(
                    pool ->
                        text.append(
                            "\n%s: %s\n".formatted(host.name(), Plain.line(pool.problem())))));
    return text.toString();
  }

  private static String state(HostView host, Style style) {
    String drained = host.drained() ? "drained, " : "";
    if (!host.online()) {
      return style.bad(drained + "not heard of");
    }
    if (host.problem() != null) {
      return style.bad(drained + Plain.line(host.problem()));
    }
    return host.drained()
        ? style.warn("drained")
        : style.good("serves volumes, DRBD " + Plain.line(host.drbd()));
  }

  private static String or(String text) {
    return text == null || text.isEmpty() ? "-" : Plain.line(text);
  }
}

package io.kneard.drbdstandin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.drbd.Ran;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Three hosts as they were recorded: n1 and n2 with a disk, n3 a tiebreaker. */
final class Story {
  private static final List<String> NAMES = List.of("n1", "n2", "n3");

  final Hosts hosts;
  private final String version;
  private final Recorded recorded;
  private final Map<String, HostTools> tools = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();
  private int compared;

  Story(String version, Recorded recorded) {
    this.version = version;
    this.recorded = recorded;
    this.hosts = new Hosts(version, 20_000);
    for (String name : NAMES) {
      tools.put(name, new HostTools(hosts, name));
    }
    for (String name : List.of("n1", "n2")) {
      for (String resource : List.of("r0", "r1")) {
        hosts.addDisk(name, "/dev/" + resource, 256L << 20);
      }
    }
  }

  /** Says whether everything that was recorded has come out. */
  void holds() {
    assertThat(differences).as("of %d states compared", compared).isEmpty();
  }

  int compared() {
    return compared;
  }

  /** Compares with what was recorded of these hosts in this situation. */
  void situation(String number, String resource, String... names) throws IOException {
    for (String name : names.length == 0 ? NAMES : List.of(names)) {
      var wanted = recorded.states(version, number, name, resource);
      if (wanted.isPresent()) {
        Ran ran = tools.get(name).run("drbdsetup", List.of("status", resource, "--json"));
        String is = Recorded.states(ran.exit() == 0 ? ran.out() : "[]", resource);
        compared++;
        if (!is.equals(wanted.get())) {
          differences.add(
              "%s %s %s%n  recorded: %s%n  here:     %s"
                  .formatted(version, number, name, wanted.get(), is));
        }
      }
    }
  }

  /** Runs a command, which ends like the recorded one. */
  void run(String host, int exit, String line) {
    List<String> words = List.of(line.split(" ", -1));
    Ran ran = tools.get(host).run(words.get(0), words.subList(1, words.size()));
    assertThat(ran.exit())
        .as("%s: %s: %s; before: %s", host, line, ran.err(), differences)
        .isEqualTo(exit);
  }

  void metadata(String host, String resource) {
    run(host, 0, "drbdmeta 1000 v09 /dev/" + resource + " internal create-md --force 7");
  }

  /** The commands {@code drbdadm up} runs. */
  void up(String host, String resource, String... options) {
    set(host, resource, options);
    for (int peer = 0; peer < NAMES.size(); peer++) {
      if (peer != id(host)) {
        run(host, 0, "drbdsetup connect %s %d".formatted(resource, peer));
      }
    }
  }

  /** The same, broken off before it connects. */
  void set(String host, String resource, String... options) {
    int minor = resource.equals("r0") ? 1000 : 1001;
    boolean client = host.equals("n3");
    run(host, 0, "drbdsetup new-resource %s %d".formatted(resource, id(host)));
    for (String option : options) {
      run(host, 0, "drbdsetup resource-options %s --%s".formatted(resource, option));
    }
    run(
        host,
        0,
        "drbdsetup new-minor %s %d 0%s".formatted(resource, minor, client ? " --diskless" : ""));
    for (int peer = 0; peer < NAMES.size(); peer++) {
      if (peer != id(host)) {
        peer(host, resource, peer);
      }
    }
    if (!client) {
      run(host, 0, "drbdmeta %d v09 /dev/%s internal apply-al".formatted(minor, resource));
      run(
          host,
          0,
          "drbdsetup attach %d /dev/%s /dev/%s internal".formatted(minor, resource, resource));
    }
  }

  private void peer(String host, String resource, int peer) {
    int port = resource.equals("r0") ? 7789 : 7790;
    String conflict = resource.equals("r0") ? "disconnect" : "retry-connect";
    run(
        host,
        0,
        "drbdsetup new-peer %s %d --_name=%s --rr-conflict=%s"
            .formatted(resource, peer, NAMES.get(peer), conflict));
    run(
        host,
        0,
        "drbdsetup new-path %s %d ipv4:10.77.0.1%d:%d ipv4:10.77.0.1%d:%d"
            .formatted(resource, peer, id(host) + 1, port, peer + 1, port));
    if (peer == 2) {
      run(host, 0, "drbdsetup peer-device-options %s 2 0 --bitmap=no".formatted(resource));
    }
  }

  private static int id(String host) {
    return NAMES.indexOf(host);
  }
}

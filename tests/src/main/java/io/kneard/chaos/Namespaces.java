package io.kneard.chaos;

import io.kneard.testbed.ConsulServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network namespace for each host, joined by a router in one of its own. A cut is a rule of the
 * router: what comes from one host for another vanishes, as if a cable were broken.
 */
final class Namespaces implements Lan {
  /** 198.18.0.0/15 is set aside for tests of networks (RFC 2544). */
  private static final String NET = "198.18.";

  private static final int PARTS = 125;

  private final String prefix;
  private final String router;
  private final int hosts;

  /** Where its addresses begin: programs that run side by side have different ones. */
  private final int part;

  private final List<String> made = new ArrayList<>();

  /** How many cuts there are of each way; the kernel refuses a second rule that says the same. */
  private final Map<List<Integer>, Integer> cuts = new HashMap<>();

  private boolean slows;

  private Namespaces(String prefix, int part, int hosts) {
    this.prefix = prefix;
    this.part = part;
    this.router = prefix + "r";
    this.hosts = hosts;
  }

  /** Whether this user and this kernel can have them. */
  static boolean possible() throws InterruptedException {
    String probe = "kneard-probe-" + ProcessHandle.current().pid();
    return Program.works("ip", "netns", "add", probe) && Program.works("ip", "netns", "del", probe);
  }

  /** Builds the network. What can be left of an earlier one has other names. */
  static Namespaces build(int hosts) throws IOException, InterruptedException {
    String prefix = "kc" + ProcessHandle.current().pid() % 100_000;
    Namespaces net = new Namespaces(prefix, freePart(), hosts);
    try {
      net.build();
    } catch (IOException | InterruptedException e) {
      net.close();
      throw e;
    }
    return net;
  }

  /** One that no other program has, and none that was killed has left. */
  private static int freePart() throws IOException, InterruptedException {
    String routes = Program.run("ip", "route", "show");
    int first = (int) (ProcessHandle.current().pid() % PARTS);
    for (int i = 0; i < PARTS; i++) {
      int part = (first + i) % PARTS * 2;
      if (!routes.contains(NET + part + ".")) {
        return part;
      }
    }
    throw new IOException(
        "all of %s0.0/16 is taken: 'ip netns' and 'ip link' show it as kc*".formatted(NET));
  }

  private void build() throws IOException, InterruptedException {
    namespace(router);
    ip("netns exec", router, "sysctl -q -w net.ipv4.ip_forward=1");
    ip("link add", outside(), "type veth peer name uplink netns", router);
    made.add(0, outside());
    ip("addr add", address(hosts), "peer", gateway(hosts), "dev", outside());
    ip("link set", outside(), "up");
    ip("-n", router, "addr add", gateway(hosts), "peer", address(hosts), "dev uplink");
    ip("-n", router, "link set uplink up");
    for (int i = 0; i < hosts; i++) {
      namespace(host(i));
      ip("link add", port(i), "netns", router, "type veth peer name eth0 netns", host(i));
      ip("-n", router, "addr add", gateway(i), "peer", address(i), "dev", port(i));
      ip("-n", router, "link set", port(i), "up");
      ip("-n", host(i), "addr add", address(i), "peer", gateway(i), "dev eth0");
      ip("-n", host(i), "link set eth0 up");
      ip("-n", host(i), "route add default via", gateway(i));
      ip("route add", address(i), "via", gateway(hosts));
    }
    slows = Program.works(words("tc", "-n", router, "qdisc add dev uplink root netem delay 1ms"));
    if (slows) {
      Program.run(words("tc", "-n", router, "qdisc del dev uplink root"));
    }
  }

  private void namespace(String name) throws IOException, InterruptedException {
    ip("netns add", name);
    made.add(name);
    ip("-n", name, "link set lo up");
  }

  private String host(int number) {
    return prefix + "h" + number;
  }

  private static String port(int host) {
    return "p" + host;
  }

  private String outside() {
    return prefix + "o";
  }

  private String address(int host) {
    return NET + part + "." + (10 + host);
  }

  private String gateway(int host) {
    return NET + (part + 1) + "." + (10 + host);
  }

  private static void ip(String... parts) throws IOException, InterruptedException {
    Program.run(words("ip", parts));
  }

  private static String[] words(String first, String... parts) {
    return (first + " " + String.join(" ", parts)).split(" ", -1);
  }

  @Override
  public ConsulServer.Place place(int host) {
    return new ConsulServer.Place(
        address(host), List.of("nsenter", "--net=/run/netns/" + host(host), "--"));
  }

  @Override
  public boolean cuts() {
    return true;
  }

  @Override
  public boolean slows() {
    return slows;
  }

  @Override
  public void cut(int from, int to) throws IOException, InterruptedException {
    if (cuts.merge(List.of(from, to), 1, Integer::sum) == 1) {
      ip("-n", router, "rule add iif", port(from), "to", address(to), "blackhole");
    }
  }

  @Override
  public void heal(int from, int to) throws IOException, InterruptedException {
    if (cuts.merge(List.of(from, to), -1, Integer::sum) == 0) {
      ip("-n", router, "rule del iif", port(from), "to", address(to), "blackhole");
    }
  }

  @Override
  public void slow(int host, int millis, int lossPercent) throws IOException, InterruptedException {
    String how = "delay %dms %dms loss %d%%".formatted(millis, millis / 2, lossPercent);
    Program.run(words("tc", "-n", router, "qdisc replace dev", port(host), "root netem", how));
  }

  @Override
  public void hasten(int host) throws IOException, InterruptedException {
    Program.run(words("tc", "-n", router, "qdisc del dev", port(host), "root"));
  }

  /** Hosts first, the router last: their links vanish with them. */
  @Override
  public void close() throws IOException {
    try {
      for (int i = made.size() - 1; i >= 0; i--) {
        String name = made.get(i);
        if (name.equals(outside())) {
          Program.works("ip", "link", "del", name);
        } else {
          Program.works("ip", "netns", "del", name);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

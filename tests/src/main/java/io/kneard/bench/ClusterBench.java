package io.kneard.bench;

import io.kneard.cluster.CrowdedCluster;
import io.kneard.ctl.api.ControlException;
import io.kneard.dqlite.DqliteClient;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.NodeCalls;
import io.kneard.testbed.Checkout;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Localnet;
import io.kneard.testbed.Scratch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the hosts' own database gives and costs: three installed daemons, the lock in it. */
final class ClusterBench implements AutoCloseable {
  private static final int INSERTS = 2000;
  private static final int LISTS = 20;
  private static final int MEMBERS = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofSeconds(5);
  private static final double MEGA = 1e6;
  private static final Pattern LOOPBACK = Pattern.compile("(?m)^\\s*lo:\\s*(\\d+)");

  private final Path folder;
  private final PrintStream out;
  private final Localnet net;
  private final List<DatabaseHost> hosts = new ArrayList<>();

  private ClusterBench(Path folder, PrintStream out) throws Exception {
    this.folder = folder;
    this.out = out;
    this.net = Localnet.clustered(folder, 3, Checkout.standIn(), "fast");
  }

  /**
   * Measures and prints.
   *
   * @param rounds how often the leader is killed
   * @param minutes how long it is looked at a cluster that has nothing to do
   */
  static void print(int rounds, int minutes, PrintStream out) throws Exception {
    try (Scratch scratch = Scratch.create("kneard-bench-");
        ClusterBench bench = new ClusterBench(scratch.folder(), out)) {
      bench.load();
      bench.grow(1);
      bench.inserts(1);
      bench.grow(3);
      bench.inserts(3);
      bench.failover(rounds);
      bench.load();
      bench.list();
      bench.idle(Duration.ofMinutes(minutes));
    }
  }

  private void grow(int count) throws Exception {
    while (hosts.size() < count) {
      HostProcess host = net.hosts().get(hosts.size());
      host.start();
      until(host.name() + " answers", () -> host.control().status() != null);
      net.joinCluster(host);
      hosts.add(new DatabaseHost(host, folder.resolve(host.name()).resolve("cluster")));
    }
    until(
        count + " voters",
        () ->
            hosts.get(0).host().control().cluster().list().stream()
                .allMatch(member -> member.role().equals("voter")));
  }

  private interface Condition {
    boolean holds() throws IOException, DqliteException;
  }

  /** What fails is not so yet. */
  private static void until(String wanted, Condition condition)
      throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    Optional<Exception> last = Optional.empty();
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (IOException | DqliteException e) {
        last = Optional.of(e);
      }
      if (System.nanoTime() - giveUp >= 0) {
        throw new IOException(wanted + ": not within " + PATIENCE, last.orElse(null));
      }
      Thread.sleep(100);
    }
  }

  /** Figures of a machine that is busy with other things are those of a busy machine. */
  private void load() throws IOException {
    String[] loads = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
    out.printf("load %s, %s processors%n", loads[0], Runtime.getRuntime().availableProcessors());
  }

  private void inserts(int voters) throws Exception {
    out.printf(
        "one row after the other, %d voter%s; wanted: p50 not above dqlite-benchmark's%n",
        voters, voters == 1 ? "" : "s");
    Inserts inserts = new Inserts(Files.createDirectories(folder.resolve("go" + voters)), out);
    DatabaseHost leader = leader();
    inserts.ours(leader, INSERTS);
    inserts.shell(leader, INSERTS / 2);
    inserts.benchmark(voters);
  }

  private DatabaseHost leader() throws Exception {
    Optional<DatabaseHost> found = Optional.empty();
    try (DqliteClient client = hosts.get(0).client(PATIENCE)) {
      String address = client.leader(NodeCalls::leader).orElse("");
      for (DatabaseHost host : hosts) {
        found = host.address().equals(address) ? Optional.of(host) : found;
      }
    }
    return found.orElseThrow(() -> new IOException("nobody leads the database"));
  }

  /** From the leader's death to the first row that is written after it. */
  private void failover(int rounds) throws Exception {
    long[] nanos = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      DatabaseHost leader = leader();
      DatabaseHost other =
          hosts.stream().filter(host -> !host.equals(leader)).findFirst().orElseThrow();
      try (DqliteClient client = other.client(Duration.ofMillis(500))) {
        client.execute("INSERT INTO t (text) VALUES ('before')");
        ProcessHandle process = leader.process();
        long killed = System.nanoTime();
        process.destroyForcibly();
        while (!written(client)) {
          Thread.onSpinWait();
        }
        nanos[i] = System.nanoTime() - killed;
      }
      until("the database is started again", () -> leader.process().isAlive());
      Thread.sleep(BETWEEN.toMillis());
    }
    out.printf(
        "the leader's database killed, until a row is written; wanted: below 1 s%n  %s%n",
        new Times(nanos));
  }

  /** One that may have been written is asked for again: this is a clock, not a ledger. */
  private static boolean written(DqliteClient client) {
    try {
      client.execute("INSERT INTO t (text) VALUES ('after')");
      return true;
    } catch (DqliteException e) {
      return false;
    }
  }

  private void list() throws Exception {
    long[] nanos = new long[LISTS];
    try (CrowdedCluster crowd = new CrowdedCluster(folder.resolve("crowd"), MEMBERS - 1, 0)) {
      for (int i = -1; i < LISTS; i++) {
        long begun = System.nanoTime();
        crowd.states();
        nanos[Math.max(i, 0)] = System.nanoTime() - begun; // the first one warms up
      }
    }
    out.printf(
        "a list of %d members who all answer; wanted: below 0.5 s%n  %s%n",
        MEMBERS, new Times(nanos));
  }

  private void idle(Duration time) throws Exception {
    until("one signs", () -> net.hosts().stream().anyMatch(ClusterBench::signs));
    Thread.sleep(Duration.ofSeconds(20).toMillis());
    List<Footprint> before = footprints();
    long bytes = loopback();
    Thread.sleep(time.toMillis());
    List<Footprint> after = footprints();
    double minutes = time.toSeconds() / 60.0;
    out.printf(
        Locale.ROOT,
        "nothing to do for %d min, one signs; wanted: daemon 100 MB, database 90 MB at most%n",
        time.toMinutes());
    for (int i = 0; i < after.size(); i++) {
      long ticks = after.get(i).cpuTicks() - before.get(i).cpuTicks();
      out.printf(
          Locale.ROOT,
          "  %s %-8s  %5.2f s CPU per minute (%.2f %%)  resident %5.1f MB%n",
          hosts.get(i / 2).host().name(),
          i % 2 == 0 ? "daemon" : "database",
          ticks / 100.0 / minutes,
          ticks / minutes / 60,
          after.get(i).residentBytes() / MEGA);
    }
    out.printf(
        Locale.ROOT,
        "  all traffic of this network%s  %.0f KB per minute%n",
        System.getenv("BENCH_NET") == null ? ", which is not only theirs" : "",
        (loopback() - bytes) / minutes / 1000);
  }

  private static boolean signs(HostProcess host) {
    try {
      return host.control().status().key().equals("live");
    } catch (ControlException e) {
      return false;
    }
  }

  /** Of the daemon and of the database of each host. */
  private List<Footprint> footprints() throws IOException {
    List<Footprint> all = new ArrayList<>();
    for (DatabaseHost host : hosts) {
      all.add(Footprint.of(host.host().daemon().pid()));
      all.add(Footprint.of(host.process().pid()));
    }
    return all;
  }

  private static long loopback() throws IOException {
    Matcher line = LOOPBACK.matcher(Files.readString(Path.of("/proc/net/dev")));
    if (!line.find()) {
      throw new IOException("/proc/net/dev: no lo");
    }
    return Long.parseLong(line.group(1));
  }

  @Override
  public void close() throws IOException {
    net.close();
  }
}

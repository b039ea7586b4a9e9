package io.kneard.chaos;

import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import io.kneard.testbed.Checkout;
import io.kneard.testbed.ConsulServer;
import io.kneard.testbed.FreePort;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.NeardHome;
import io.kneard.testbed.NetPlan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Three hosts, each with a daemon, a neard and a server of Consul or a node of the database, and
 * what joins them.
 */
final class Cluster implements AutoCloseable {
  static final int HOSTS = 3;

  private static final String ACCOUNT = "pool.near";
  private static final int DISK_MEGABYTES = 1;

  final Backend backend;
  final Lan lan;
  final Chain chain;
  private final NetPlan plan;
  final List<ConsulServer> consuls = new ArrayList<>();
  final List<HostProcess> hosts = new ArrayList<>();
  final List<Disk> homes = new ArrayList<>();
  final List<Disk> runtimes = new ArrayList<>();

  private Cluster(Path root, Backend backend, Lan lan) throws IOException {
    this.backend = backend;
    this.lan = lan;
    this.chain = Chain.startingNow(ACCOUNT, 100, 300, Files.createFile(root.resolve("ledger")));
    this.plan = new NetPlan(root, ACCOUNT, Checkout.standIn(), "fast", Optional.of(chain.ledger()));
    SignerKey.generate(plan.key(), ACCOUNT);
  }

  /** Starts what keeps the lock. With Consul no daemon runs yet. */
  static Cluster start(Path root, Backend backend) throws IOException, InterruptedException {
    Lan lan = Namespaces.possible() ? Namespaces.build(HOSTS) : new Loopback();
    Cluster cluster = new Cluster(root, backend, lan);
    try {
      cluster.start(root, Program.works("mountpoint", "-q", "/") && lan.cuts());
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private void start(Path root, boolean ownDisks) throws IOException, InterruptedException {
    if (backend == Backend.CONSUL) {
      List<ConsulServer.Place> places = List.of(lan.place(0), lan.place(1), lan.place(2));
      consuls.addAll(ConsulServer.startThree(root.resolve("consul"), places));
    }
    for (int i = 0; i < HOSTS; i++) {
      String name = "node-" + (i + 1);
      if (ownDisks) {
        homes.add(Disk.mount(root.resolve(name).resolve("neard"), DISK_MEGABYTES));
        runtimes.add(Disk.mount(root.resolve(name).resolve("run"), DISK_MEGABYTES));
      }
      hosts.add(host(name, i));
    }
    if (backend == Backend.EMBEDDED) {
      Database.form(hosts);
    }
  }

  /** With Consul it asks its own server, and another one where that does not answer. */
  private HostProcess host(String name, int number) throws IOException {
    NeardHome home = NeardHome.create(plan.root().resolve(name).resolve("neard"), name, chain);
    if (backend == Backend.EMBEDDED) {
      ConsulServer.Place place = lan.place(number);
      Path cluster = plan.root().resolve(name).resolve("cluster");
      String address = place.address() + ":" + FreePort.pair();
      return HostProcess.clustered(name, plan, home, cluster, address, place.within());
    }
    URI own = consuls.get(number).url();
    if (lan.cuts()) {
      URI other = consuls.get((number + 1) % HOSTS).url();
      return HostProcess.apart(name, plan, home, lan.place(number).within(), List.of(own, other));
    }
    return new HostProcess(name, plan, home, own.getPort());
  }

  /** The newest neard of a host, if it lives. */
  OptionalLong neard(int host) throws IOException {
    return only("standin", hosts.get(host).neard());
  }

  /** The fence of that neard, if it lives. */
  OptionalLong fence(int host) throws IOException {
    return only("kneard-fence", hosts.get(host).fence());
  }

  /** Never another process: a number comes back, and whose parent died has init for one. */
  private static OptionalLong only(String program, OptionalLong pid) {
    try {
      Path line = Path.of("/proc/" + (pid.isPresent() ? pid.getAsLong() : 0) + "/cmdline");
      return Files.readString(line).contains(program) ? pid : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() throws IOException {
    for (HostProcess host : hosts) {
      host.close();
    }
    consuls.forEach(ConsulServer::close);
    for (Disk disk : homes) {
      disk.close();
    }
    for (Disk disk : runtimes) {
      disk.close();
    }
    lan.close();
  }
}

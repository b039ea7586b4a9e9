package io.kneard.testbed;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.cluster.Control;
import io.kneard.ctl.api.cluster.TokenRequest;
import io.kneard.drbdstandin.HostVariables;
import io.kneard.drbdstandin.Hosts;
import io.kneard.drbdstandin.ToolServer;
import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several hosts on this machine, with a real Consul or with a cluster of their own. */
public final class Localnet implements AutoCloseable {
  private static final String ACCOUNT = "pool.near";
  private static final String DRBD = "9.2.18";
  private static final long SYNC_KIB_PER_SECOND = 100 << 10;

  private final NetPlan plan;
  private final Optional<Chain> chain;
  private final Optional<ConsulServer> consul;
  private final List<HostProcess> hosts = new ArrayList<>();
  private Optional<ToolServer> kernels = Optional.empty();

  /**
   * Starts Consul and prepares the hosts; none of them runs yet.
   *
   * @param neard the program that the daemons supervise; the homes of one that is not the stand-in
   *     are made by itself, and there is no ledger
   * @param profile of the lock's times
   */
  public Localnet(Path root, int count, Path neard, String profile)
      throws IOException, InterruptedException {
    this(root, count, neard, profile, true);
  }

  /**
   * Prepares hosts that keep the lock in a database of their own; none of them runs yet, and none
   * is in a cluster before {@link #joinCluster}. The arguments are those of the constructor.
   */
  public static Localnet clustered(Path root, int count, Path neard, String profile)
      throws IOException, InterruptedException {
    return new Localnet(root, count, neard, profile, false);
  }

  private Localnet(Path root, int count, Path neard, String profile, boolean withConsul)
      throws IOException, InterruptedException {
    List<NeardHome> homes;
    if (neard.equals(Checkout.standIn())) {
      Chain fresh = Chain.startingNow(ACCOUNT, 100, 300, Files.createFile(root.resolve("ledger")));
      chain = Optional.of(fresh);
      plan = new NetPlan(root, ACCOUNT, neard, profile, Optional.of(fresh.ledger()));
      SignerKey.generate(plan.key(), ACCOUNT);
      homes = homes(root, fresh, count);
    } else {
      chain = Optional.empty();
      Path key = root.resolve("validator_key.json");
      GeneratedHomes made = GeneratedHomes.make(neard, root.resolve("homes"), count, key);
      plan = new NetPlan(root, made.account(), neard, profile, Optional.empty());
      homes = made.homes();
    }
    consul =
        withConsul
            ? Optional.of(ConsulServer.start(Files.createDirectories(root.resolve("consul"))))
            : Optional.empty();
    for (NeardHome home : homes) {
      String name = "node-" + (hosts.size() + 1);
      hosts.add(
          consul.isPresent()
              ? new HostProcess(name, plan, home, consul.get().url().getPort())
              : HostProcess.clustered(name, plan, home));
    }
  }

  private static List<NeardHome> homes(Path root, Chain chain, int count) throws IOException {
    List<NeardHome> homes = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String name = "node-" + i;
      homes.add(NeardHome.create(root.resolve(name).resolve("neard"), name, chain));
    }
    return homes;
  }

  /** From their next start on the hosts have DRBD, played, and a pool {@code try} for volumes. */
  public Localnet withVolumes() throws IOException {
    ToolServer played = new ToolServer(new Hosts(DRBD, SYNC_KIB_PER_SECOND));
    kernels = Optional.of(played);
    for (HostProcess host : hosts) {
      int number = hosts.indexOf(host) + 1;
      host.environment(
          HostVariables.of(played, host.name(), number, host.folder().resolve("volumes")));
    }
    return this;
  }

  /** The played kernels, if the hosts have volumes. */
  public Optional<ToolServer> kernels() {
    return kernels;
  }

  /** All hosts, the first being {@code node-1}. */
  public List<HostProcess> hosts() {
    return Collections.unmodifiableList(hosts);
  }

  /** A host by its number, from 1. */
  public HostProcess host(int number) {
    if (number < 1 || number > hosts.size()) {
      throw new IllegalArgumentException("host " + number + ": there are 1 to " + hosts.size());
    }
    return hosts.get(number - 1);
  }

  /**
   * The lock store.
   *
   * @throws IllegalStateException if the hosts keep the lock themselves
   */
  public ConsulServer consul() {
    return consul.orElseThrow(() -> new IllegalStateException("there is no Consul"));
  }

  /** Whether the lock is in Consul. */
  public boolean hasConsul() {
    return consul.isPresent();
  }

  /** As {@link ConsulServer#lockWasReleased}. */
  public Localnet lockWasReleased() throws IOException {
    consul().lockWasReleased(plan.account());
    return this;
  }

  /** Makes a host that answers a member: the first one founds the cluster. */
  public void joinCluster(HostProcess host) throws ControlException {
    boolean first = host == hosts.get(0);
    String token =
        first
            ? null
            : hosts.get(0).control().cluster().addToken(new TokenRequest(host.name(), null));
    host.control().cluster().begin(new Control(first, Map.of(), token, null, null));
  }

  /** The chain of the stand-ins, and in it the ledger. */
  public Chain chain() {
    return chain.orElseThrow(() -> new IllegalStateException(plan.neard() + " has no ledger"));
  }

  /** Whether the neards are stand-ins, which write a ledger and can be made to misbehave. */
  public boolean hasStandIns() {
    return chain.isPresent();
  }

  /** The folder that everything is in. */
  public Path root() {
    return plan.root();
  }

  @Override
  public void close() throws IOException {
    try {
      for (HostProcess host : hosts) {
        host.close();
      }
    } finally {
      if (consul.isPresent()) {
        consul.get().close();
      }
      if (kernels.isPresent()) {
        kernels.get().close();
      }
    }
  }
}

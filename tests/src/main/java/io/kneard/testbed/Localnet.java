package io.kneard.testbed;

import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Several hosts on this machine, with a real Consul. */
public final class Localnet implements AutoCloseable {
  private static final String ACCOUNT = "pool.near";

  private final NetPlan plan;
  private final Optional<Chain> chain;
  private final ConsulServer consul;
  private final List<HostProcess> hosts = new ArrayList<>();

  /**
   * Starts Consul and prepares the hosts; none of them runs yet.
   *
   * @param neard the program that the daemons supervise; the homes of one that is not the stand-in
   *     are made by itself, and there is no ledger
   * @param profile of the lock's times
   */
  public Localnet(Path root, int count, Path neard, String profile)
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
    consul = ConsulServer.start(Files.createDirectories(root.resolve("consul")));
    for (NeardHome home : homes) {
      String name = "node-" + (hosts.size() + 1);
      hosts.add(new HostProcess(name, plan, home, consul.url().getPort()));
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

  /** The lock store. */
  public ConsulServer consul() {
    return consul;
  }

  /** As {@link ConsulServer#lockWasReleased}. */
  public Localnet lockWasReleased() throws IOException {
    consul.lockWasReleased(plan.account());
    return this;
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
      consul.close();
    }
  }
}

package io.kneard.testbed;

import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Several hosts on this machine, with a real Consul. */
public final class Localnet implements AutoCloseable {
  private static final String ACCOUNT = "pool.near";

  private final Path root;
  private final Chain chain;
  private final ConsulServer consul;
  private final List<HostProcess> hosts = new ArrayList<>();

  /**
   * Starts Consul and prepares the hosts; none of them runs yet.
   *
   * @param neard the program that the daemons supervise
   * @param profile of the lock's times
   */
  public Localnet(Path root, int count, Path neard, String profile)
      throws IOException, InterruptedException {
    this.root = root;
    SignerKey.generate(root.resolve("validator_key.json"), ACCOUNT);
    chain = Chain.startingNow(ACCOUNT, 100, 300, root.resolve("ledger"));
    Files.createFile(chain.ledger());
    consul = ConsulServer.start(Files.createDirectories(root.resolve("consul")));
    for (int i = 1; i <= count; i++) {
      int port = consul.url().getPort();
      hosts.add(new HostProcess("node-" + i, root, chain, neard, profile, port));
    }
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
    consul.lockWasReleased(ACCOUNT);
    return this;
  }

  /** The chain, and in it the ledger. */
  public Chain chain() {
    return chain;
  }

  /** The folder that everything is in. */
  public Path root() {
    return root;
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

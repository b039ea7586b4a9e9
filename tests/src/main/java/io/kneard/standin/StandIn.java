package io.kneard.standin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program {@code neard-standin}. */
public final class StandIn {
  private static final int USAGE = 2;

  private StandIn() {}

  /** Runs until a signal, a height or a fault ends it. */
  public static void main(String[] args) throws InterruptedException {
    try {
      CommandLine line = CommandLine.parse(args);
      if (line.version()) {
        System.out.printf(
            "neard (release %s) (build stand-in) (rustc 1.82.0) (protocol 77) (db 43)%n",
            StatusPage.VERSION);
        return;
      }
      // Not System.exit: nothing is left to do, and it would wait for the signal handlers.
      Runtime.getRuntime().halt(run(line));
    } catch (IOException | RuntimeException e) {
      System.err.println("error: " + e);
      Runtime.getRuntime().halt(e instanceof IllegalArgumentException ? USAGE : 1);
    }
  }

  private static int run(CommandLine line) throws IOException, InterruptedException {
    Path home = line.home();
    FaultFile faults = new FaultFile(home);
    NodeConfig config = NodeConfig.read(home, faults.current());
    SignerKey nodeKey = SignerKey.read(home.resolve("node_key.json"));
    Chain chain = Chain.read(home.resolve("genesis.json"));
    SignerKey key =
        Files.exists(config.validatorKey()) ? SignerKey.read(config.validatorKey()) : null;
    InetSocketAddress rpc = line.rpc() == null ? config.rpc() : line.rpc();
    try (UptimeClock clock = new UptimeClock();
        LedgerWriter ledger = new LedgerWriter(chain.ledger(), clock, config.name())) {
      Node node = new Node(home, chain, config, key, faults, clock, ledger);
      Signals.on("HUP", () -> node.signal(Node.Signal.RELOAD));
      Signals.on("TERM", () -> node.signal(Node.Signal.STOP));
      Signals.on("INT", () -> node.signal(Node.Signal.STOP));
      NodeHttp http =
          new NodeHttp(
              chain,
              rpc.getHostString() + ":" + rpc.getPort(),
              nodeKey,
              node::view,
              faults::current,
              clock);
      openLater(http, rpc, faults.current().slowStartMs());
      return node.run();
    }
  }

  /** The port opens after the slow part of the start; if it cannot be had, the process ends. */
  private static void openLater(NodeHttp http, InetSocketAddress rpc, long delayMillis) {
    Thread opener =
        new Thread(
            () -> {
              try {
                Thread.sleep(delayMillis);
                http.open(rpc);
              } catch (IOException | InterruptedException e) {
                System.err.println("error: " + rpc + ": " + e);
                Runtime.getRuntime().halt(1);
              }
            },
            "opener");
    opener.setDaemon(true);
    opener.start();
  }
}

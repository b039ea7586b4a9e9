package io.kneard.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jnr.constants.platform.Signal;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/** The process: {@code --home HOME run [...]}. */
public final class NeardStandIn {
  private final Path home;
  private final Chain chain;
  private final Ledger ledger;
  private final long startedAt = System.nanoTime();
  private volatile Settings settings;
  private volatile Optional<String> key;
  private volatile long reloads = 1;
  private volatile boolean stopping;

  private NeardStandIn(Path home, long blockMillis, Path ledger) throws IOException {
    this.home = home;
    this.chain = new Chain(blockMillis, Clock.systemUTC());
    this.ledger = new Ledger(ledger, home);
    this.settings = Settings.read(home);
    this.key = settings.publicKey();
  }

  /**
   * Runs until it is told to stop, or its planned height is reached.
   *
   * <p>System properties: {@code standin.ledger}, the ledger's path; {@code standin.block-millis},
   * the time between blocks.
   */
  public static void main(String[] args) throws Exception {
    List<String> line = List.of(args);
    int at = line.indexOf("--home");
    if (at < 0 || !line.contains("run")) {
      System.err.println("usage: --home HOME run [...]");
      System.exit(2);
    }
    NeardStandIn neard =
        new NeardStandIn(
            Path.of(line.get(at + 1)),
            Long.getLong("standin.block-millis", 50),
            Path.of(System.getProperty("standin.ledger")));
    neard.run();
  }

  private void run() throws IOException, InterruptedException {
    POSIX posix = POSIXFactory.getPOSIX();
    posix.signal(Signal.SIGHUP, number -> reload());
    posix.signal(Signal.SIGTERM, number -> stop());
    posix.signal(Signal.SIGINT, number -> stop());
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 50);
    server.createContext("/status", exchange -> answer(exchange, this::status));
    server.createContext("/metrics", exchange -> answer(exchange, this::metrics));
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.start();
    long signed = 0;
    while (true) {
      long height = chain.height();
      if (settings.expectedShutdown().filter(planned -> height >= planned).isPresent()) {
        stop();
      }
      Optional<String> signer = key;
      if (!stopping && height > signed && signer.isPresent() && !Faults.in(home).syncing()) {
        ledger.signed(height, signer.get());
        signed = height;
      }
      TimeUnit.MILLISECONDS.sleep(Math.max(chain.blockMillis() / 5, 5));
    }
  }

  private void reload() {
    Thread worker = new Thread(this::reloadNow, "reload");
    worker.start();
  }

  private synchronized void reloadNow() {
    try {
      Faults faults = Faults.in(home);
      TimeUnit.MILLISECONDS.sleep(faults.slowReloadMillis());
      settings = Settings.read(home); // an invalid file keeps everything as it was
      Optional<String> found = settings.publicKey();
      if (found.isPresent() || !faults.keepKey()) {
        key = found;
      }
      reloads++;
    } catch (IOException | InterruptedException e) {
      System.err.println("reload rejected: " + e.getMessage());
    }
  }

  private void stop() {
    Faults faults = Faults.in(home);
    if (faults.ignoreTerm() || stopping) {
      return;
    }
    stopping = true;
    Thread end =
        new Thread(
            () -> {
              pause(faults.slowStopMillis());
              Runtime.getRuntime().halt(0);
            },
            "stop");
    end.start();
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Body {
    String get();
  }

  private void answer(HttpExchange exchange, Body body) throws IOException {
    Faults faults = Faults.in(home);
    if (faults.hang()) {
      awaitForever();
    }
    long age = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
    if (faults.unavailable() || age < faults.slowStartMillis()) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void awaitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String status() {
    String validator = key.map(k -> "\"validator_public_key\": \"%s\",".formatted(k)).orElse("");
    return """
        {"chain_id": "standin", "version": {"version": "2.0.0", "build": "standin"}, %s
         "sync_info": {"latest_block_height": %d, "syncing": %b}, "unknown_field": [1]}
        """
        .formatted(validator, chain.height(), Faults.in(home).syncing());
  }

  private String metrics() {
    return """
        near_config_reloads_total %d
        near_block_height_head %d
        near_is_validator %d
        """
        .formatted(reloads, chain.height(), key.isPresent() ? 1 : 0);
  }
}

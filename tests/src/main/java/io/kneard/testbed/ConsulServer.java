package io.kneard.testbed;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real Consul server, alone, on ports of its own. */
public final class ConsulServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final int port = FreePort.next();
  private Process process;

  private ConsulServer(Path folder) {
    this.folder = folder;
  }

  /** Starts one that keeps its data in {@code folder}, and waits until it leads. */
  public static ConsulServer start(Path folder) throws IOException, InterruptedException {
    ConsulServer server = new ConsulServer(folder);
    Files.writeString(
        folder.resolve("consul.json"),
        """
        {"server": true, "bootstrap_expect": 1, "bind_addr": "127.0.0.1", "node_name": "consul",
         "data_dir": "%s", "disable_update_check": true, "session_ttl_min": "1s",
         "log_level": "err", "performance": {"raft_multiplier": 1},
         "ports": {"http": %d, "dns": -1, "grpc": -1, "serf_lan": %d, "serf_wan": -1, "server": %d}}
        """
            .formatted(folder.resolve("data"), server.port, FreePort.next(), FreePort.next()));
    server.start();
    return server;
  }

  /** Starts it again on the same data. */
  public void start() throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                Checkout.part("consul"),
                "agent",
                "-config-file",
                folder.resolve("consul.json").toString())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.resolve("consul.log").toFile()))
            .start();
    Process started = process;
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!leads()) {
      if (System.nanoTime() - deadline >= 0 || !process.isAlive()) {
        throw new IOException(
            "Consul does not lead:\n" + Files.readString(folder.resolve("consul.log")));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Where it answers. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Kills it; its data stays. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Stops its processes without ending them: connections are accepted and nothing answers. */
  public void freeze() {
    Signals.send("STOP", process.pid());
  }

  /** Lets it go on. */
  public void thaw() {
    Signals.send("CONT", process.pid());
  }

  /** A request as an operator's curl would make it. */
  public String request(String method, String path, String body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url().resolve(path).toURL().openConnection();
    connection.setConnectTimeout(2_000);
    connection.setReadTimeout(5_000);
    connection.setRequestMethod(method);
    if (!body.isEmpty()) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
    try (var in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private boolean leads() {
    try {
      return request("GET", "/v1/status/leader", "").length() > 4
          && request("GET", "/v1/catalog/nodes", "").contains("consul");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

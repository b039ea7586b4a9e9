package io.kneard.testbed;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A real Consul agent on ports of its own: a server, or a client of one. */
public final class ConsulServer implements AutoCloseable {
  private static final String ALONE = "{\"server\": true, \"bootstrap_expect\": 1}";

  /**
   * Servers that expect each other ask each other first; a question that came too early is asked
   * again after 1, 2, 4 up to 32 s.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * Where a server stands.
   *
   * @param address its own
   * @param within what its program is started with, to be in its network
   */
  public record Place(String address, List<String> within) {
    /** This machine's loopback. */
    public static final Place HERE = new Place("127.0.0.1", List.of());
  }

  private final Path folder;
  private final String name;
  private final Place place;
  private final int port = FreePort.next();
  private final int gossip = FreePort.next();
  private final int raft;
  private Optional<String> token = Optional.empty();
  private Process process;

  private ConsulServer(Path folder, String name, Place place, int raft) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.place = place;
    this.name = name;
    this.raft = raft;
  }

  /** Starts a server, alone, that keeps its data in {@code folder}, and waits until it leads. */
  public static ConsulServer start(Path folder) throws IOException, InterruptedException {
    return start(folder, "{}");
  }

  /**
   * Starts a server, alone.
   *
   * @param more settings of Consul, a JSON object
   */
  public static ConsulServer start(Path folder, String more)
      throws IOException, InterruptedException {
    ConsulServer server = new ConsulServer(folder, "consul", Place.HERE, FreePort.next());
    server.write(ALONE, more);
    server.start();
    return server;
  }

  /** Starts three servers that lead together, and waits until each knows a leader. */
  public static List<ConsulServer> startThree(Path folder)
      throws IOException, InterruptedException {
    return startThree(folder, List.of(Place.HERE, Place.HERE, Place.HERE));
  }

  /** Starts three servers in three places. */
  public static List<ConsulServer> startThree(Path folder, List<Place> places)
      throws IOException, InterruptedException {
    List<ConsulServer> all = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Place place = places.get(i - 1);
      all.add(new ConsulServer(folder.resolve("s" + i), "s" + i, place, FreePort.next()));
    }
    String join =
        "["
            + String.join(
                ", ",
                all.stream().map(s -> "\"" + s.place.address() + ":" + s.gossip + "\"").toList())
            + "]";
    for (ConsulServer each : all) {
      each.write(
          "{\"server\": true, \"bootstrap_expect\": 3}",
          """
          {"retry_join": %s, "retry_interval": "200ms",
           "autopilot": {"cleanup_dead_servers": false, "server_stabilization_time": "100ms"}}
          """
              .formatted(join));
      each.launch();
    }
    for (ConsulServer each : all) {
      each.await(each::knowsLeader);
    }
    return all;
  }

  /** Starts an agent without data of its own, as it stands beside each host, and waits for it. */
  public ConsulServer startClient(Path home, String nodeName)
      throws IOException, InterruptedException {
    ConsulServer client = new ConsulServer(home, nodeName, Place.HERE, raft);
    client.write(
        "{\"server\": false}",
        "{\"retry_join\": [\"127.0.0.1:%d\"], \"retry_interval\": \"200ms\"}".formatted(gossip));
    client.start();
    return client;
  }

  private void write(String role, String more) throws IOException {
    Files.writeString(folder.resolve("1-role.json"), role);
    Files.writeString(
        folder.resolve("2-consul.json"),
        """
        {"bind_addr": "%1$s", "client_addr": "%1$s", "node_name": "%2$s",
         "data_dir": "%3$s", "disable_update_check": true, "session_ttl_min": "1s",
         "log_level": "err", "performance": {"raft_multiplier": 1},
         "ports": {"http": %4$d, "dns": -1, "grpc": -1, "serf_lan": %5$d, "serf_wan": -1, "server": %6$d}}
        """
            .formatted(place.address(), name, folder.resolve("data"), port, gossip, raft));
    Files.writeString(folder.resolve("3-more.json"), more);
  }

  /** Starts it again on the same data. */
  public void start() throws IOException, InterruptedException {
    launch();
    await(this::knowsLeader);
  }

  /** Starts it again on the same data, and does not wait until it knows a leader. */
  public void launch() throws IOException {
    List<String> command = new ArrayList<>(place.within());
    command.addAll(List.of(Checkout.part("consul"), "agent"));
    for (String file : List.of("1-role.json", "2-consul.json", "3-more.json")) {
      command.addAll(List.of("-config-file", folder.resolve(file).toString()));
    }
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(folder.resolve("consul.log").toFile()))
            .start();
    Process started = process;
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
  }

  private void await(BooleanSupplier condition) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline >= 0 || !process.isAlive()) {
        throw new IOException(
            name + " knows no leader:\n" + Files.readString(folder.resolve("consul.log")));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Where it answers. */
  public URI url() {
    return URI.create("http://" + place.address() + ":" + port);
  }

  /** Whether it leads the others. */
  public boolean leads() throws IOException {
    return request("GET", "/v1/status/leader", "").contains(":" + raft + "\"");
  }

  /** Makes the first token, which may do everything; later requests use it. */
  public void bootstrapTokens() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (token.isEmpty()) {
      try {
        token = Optional.of(field(request("PUT", "/v1/acl/bootstrap", ""), "SecretID"));
      } catch (IOException e) {
        if (System.nanoTime() - deadline >= 0) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  /** The text of a field of a JSON object, as Consul writes it. */
  public static String field(String json, String name) {
    return json.replaceAll("(?s).*\"" + name + "\": ?\"([^\"]+)\".*", "$1");
  }

  /** Kills it; its data stays. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Has it leave in order, as a stop of its service does. */
  public void leave() throws InterruptedException {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(name + " does not end");
    }
  }

  /** Stops its processes without ending them: connections are accepted and nothing answers. */
  public void freeze() {
    Signals.freeze(process.pid());
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
    token.ifPresent(secret -> connection.setRequestProperty("X-Consul-Token", secret));
    if (!body.isEmpty()) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
    try (var in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Leaves an account's lock as its last holder would have, with the mark of a release: the first
   * to take it need not wait until nobody can be signing any more.
   */
  public void lockWasReleased(String account) throws IOException {
    request("PUT", "/v1/kv/kneard-leader/" + account, "{\"Released\":true}");
  }

  /** Whether it could answer a question that needs the leader, and its node is known. */
  private boolean knowsLeader() {
    try {
      return request("GET", "/v1/status/leader", "").length() > 4
          && (protectedByTokens() || request("GET", "/v1/catalog/nodes", "").contains(name));
    } catch (IOException e) {
      return false;
    }
  }

  private boolean protectedByTokens() throws IOException {
    return token.isEmpty() && Files.readString(folder.resolve("3-more.json")).contains("\"acl\"");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

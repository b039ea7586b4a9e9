package io.kneard.testbed;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.ControlException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One host: its folders, its way to Consul if there is one, and the daemon as it is installed. */
public final class HostProcess implements AutoCloseable {
  private static final Pattern MOVE = Pattern.compile("(?m)^INFO Host - \\w+ -> (\\w+): ");
  private static final Pattern START =
      Pattern.compile("(?m)^clock=\\d+ wall=\\d+ node=(\\S+) pid=(\\d+) kind=start ");

  private final String name;
  private final Path folder;
  private final NetPlan net;
  private final NeardHome home;
  private final Optional<TcpRelay> consul;
  private final List<String> within;
  private final int metricsPort = FreePort.next();
  private Map<String, String> environment = Map.of();
  private Child daemon;
  private long lastNeard = -1;

  /**
   * A host that does not run yet.
   *
   * @param home neard's
   * @param consulPort Consul on 127.0.0.1, which is asked through a relay that can be cut
   */
  public HostProcess(String name, NetPlan net, NeardHome home, int consulPort) throws IOException {
    this(name, net, home, new TcpRelay(consulPort));
  }

  private HostProcess(String name, NetPlan net, NeardHome home, TcpRelay relay) throws IOException {
    this(
        name,
        net,
        home,
        List.of(),
        Optional.of(relay),
        consul(List.of(URI.create("http://127.0.0.1:" + relay.port()))));
  }

  /** A host that keeps the lock in the database of a cluster, and does not run yet. */
  public static HostProcess clustered(String name, NetPlan net, NeardHome home) throws IOException {
    return clustered(
        name,
        net,
        home,
        net.root().resolve(name).resolve("cluster"),
        "127.0.0.1:" + FreePort.pair(),
        List.of());
  }

  /**
   * The same, elsewhere.
   *
   * @param cluster where it keeps what it knows of its cluster
   * @param address of its API
   * @param within what its programs are started with, to be in a network of their own
   */
  public static HostProcess clustered(
      String name, NetPlan net, NeardHome home, Path cluster, String address, List<String> within)
      throws IOException {
    String lines =
        "[cluster]%ndir = \"%s\"%naddress = \"%s\"%nheartbeat = \"1s\"".formatted(cluster, address);
    return new HostProcess(name, net, home, within, Optional.empty(), lines);
  }

  /**
   * A host in a network of its own that does not run yet.
   *
   * @param within what its programs are started with, to be in that network
   * @param consuls which it asks itself, without a relay that could be cut
   */
  public static HostProcess apart(
      String name, NetPlan net, NeardHome home, List<String> within, List<URI> consuls)
      throws IOException {
    return new HostProcess(name, net, home, within, Optional.empty(), consul(consuls));
  }

  private HostProcess(
      String name,
      NetPlan net,
      NeardHome home,
      List<String> within,
      Optional<TcpRelay> relay,
      String lock)
      throws IOException {
    this.name = name;
    this.net = net;
    this.home = home;
    this.within = within;
    this.consul = relay;
    this.folder = Files.createDirectories(net.root().resolve(name));
    Files.writeString(settingsFile(), settings(lock));
  }

  private String settings(String lock) throws IOException {
    String group = Files.readAttributes(folder, PosixFileAttributes.class).group().getName();
    return """
    node-id = "%s"
    account-id = "%s"
    [neard]
    binary = "%s"
    home = "%s"
    [keys]
    validator-key = "%s"
    [lock]
    profile = "%s"
    %s
    [control]
    socket = "%s"
    group = "%s"
    [metrics]
    address = "127.0.0.1:%d"
    [runtime]
    dir = "%s"
    """
        .formatted(
            name,
            net.account(),
            net.neard(),
            home.folder(),
            net.key(),
            net.profile(),
            lock,
            socket(),
            group,
            metricsPort,
            folder.resolve("run"));
  }

  private static String consul(List<URI> consuls) {
    return "[consul]%nurls = [%s]"
        .formatted(
            consuls.stream().map(url -> "\"" + url + "\"").collect(Collectors.joining(", ")));
  }

  /**
   * Adds a line to a section of the settings: for the next start, or a reload.
   *
   * @param line such as {@code promotion = "restart"}
   */
  public void set(String section, String line) throws IOException {
    Path file = settingsFile();
    String heading = "[" + section + "]\n";
    Files.writeString(file, Files.readString(file).replace(heading, heading + line + "\n"));
  }

  /** Gives the daemon these variables at every start from now on. */
  public void environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
  }

  /** Starts the daemon; what it prints goes to {@code daemon.log}. */
  public void start() throws IOException {
    start(environment);
  }

  /** Starts the daemon with these variables in addition to the own ones. */
  public void start(Map<String, String> environment) throws IOException {
    if (daemon != null && daemon.alive()) {
      throw new IllegalStateException(name + ": its daemon runs already");
    }
    // Whoever starts the tests in the background has them ignore SIGINT.
    List<String> command = new ArrayList<>(within);
    command.addAll(List.of("env", "--default-signal=INT", Checkout.daemon().toString()));
    command.addAll(List.of("--config", settingsFile().toString()));
    daemon = Child.start(log(), environment, command);
  }

  /** The daemon's settings. */
  public Path settingsFile() {
    return folder.resolve("kneard.toml");
  }

  /** The host's name. */
  public String name() {
    return name;
  }

  /** The daemon's log. */
  public Path log() {
    return folder.resolve("daemon.log");
  }

  /** The daemon's control socket. */
  public Path socket() {
    return folder.resolve("control.sock");
  }

  /** Where the daemon serves its metrics. */
  public String metricsUrl() {
    return "http://127.0.0.1:" + metricsPort + "/metrics";
  }

  /** The folder that everything of this host is in. */
  public Path folder() {
    return folder;
  }

  /** neard's folder on this host. */
  public NeardHome home() {
    return home;
  }

  /**
   * The way to Consul, to be cut.
   *
   * @throws IllegalStateException if there is none
   */
  public TcpRelay consul() {
    return consul.orElseThrow(() -> new IllegalStateException("there is no Consul"));
  }

  /** Whether the way to Consul is cut. */
  public boolean isCutOff() {
    return consul.filter(TcpRelay::isCut).isPresent();
  }

  /** Cuts the way to Consul, if there is one. */
  public void cutOff() {
    consul.ifPresent(TcpRelay::cut);
  }

  /** Undoes {@link #cutOff}. */
  public void reconnect() {
    consul.ifPresent(TcpRelay::heal);
  }

  /** A client of the control socket. */
  public ControlClient control() {
    return new ControlClient(socket()).withTimeout(Duration.ofSeconds(60));
  }

  /** The daemon's process. */
  public Child daemon() {
    return daemon;
  }

  /**
   * The daemon's state: what it says on its socket or, where it says nothing, the last it wrote to
   * its log; {@code down} without a daemon.
   */
  public String state() throws IOException {
    if (daemon == null || !daemon.alive()) {
      return "down";
    }
    try {
      return control().withTimeout(Duration.ofSeconds(1)).status().state();
    } catch (ControlException e) {
      return Files.exists(log()) ? loggedState() : "starting";
    }
  }

  private String loggedState() throws IOException {
    String last = "Startup";
    for (Matcher m = MOVE.matcher(Files.readString(log())); m.find(); ) {
      last = m.group(1);
    }
    return last;
  }

  /** The newest neard of this host, if it lives. */
  public OptionalLong neard() throws IOException {
    lastNeard = net.ledger().isPresent() ? started(net.ledger().get()) : reported();
    return lastNeard > 0 && Signals.reach(lastNeard)
        ? OptionalLong.of(lastNeard)
        : OptionalLong.empty();
  }

  private long started(Path ledger) throws IOException {
    long pid = -1;
    for (Matcher m = START.matcher(Files.readString(ledger)); m.find(); ) {
      pid = m.group(1).equals(name) ? Long.parseLong(m.group(2)) : pid;
    }
    return pid;
  }

  /** What the daemon says, or where it says nothing, what it said before. */
  private long reported() {
    try {
      Long pid = control().withTimeout(Duration.ofSeconds(1)).status().neard().pid();
      return pid == null ? -1 : pid;
    } catch (ControlException e) {
      return lastNeard;
    }
  }

  /** The process that guards neard: its parent. */
  public OptionalLong fence() throws IOException {
    OptionalLong neard = neard();
    Optional<ProcessHandle> parent =
        neard.isPresent()
            ? ProcessHandle.of(neard.getAsLong()).flatMap(ProcessHandle::parent)
            : Optional.empty();
    return parent.map(p -> OptionalLong.of(p.pid())).orElse(OptionalLong.empty());
  }

  /** Stops the daemon in an orderly way, and neard by force if that is not enough. */
  public void stop() throws InterruptedException, IOException {
    neard(); // remembered for when the daemon no longer says it
    if (daemon != null) {
      daemon.stop(Duration.ofSeconds(20));
    }
    OptionalLong neard = neard();
    if (neard.isPresent()) {
      Signals.send("KILL", neard.getAsLong());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (consul.isPresent()) {
        consul.get().close();
      }
      if (daemon != null) {
        daemon.close();
      }
    }
  }
}

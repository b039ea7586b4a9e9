package io.kneard.daemon;

import io.kneard.config.CommandLine;
import io.kneard.config.Invocation;
import io.kneard.config.LoadedSettings;
import io.kneard.config.SettingsLoader;
import io.kneard.config.SettingsProblem;
import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.ControlException;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.SupervisedNode;
import io.kneard.http.HttpServer;
import io.kneard.http.Limits;
import io.kneard.http.TcpDoor;
import io.kneard.supervisor.State;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs the daemon once, and ends it, against answers of its own, so that the JVM can note which
 * classes that needs and keep them in an archive (lib/kneard-archive): with its lock in Consul
 * until it validates, or with a cluster that it founds.
 */
final class Rehearsal {
  /** Enough on a host with far more to do than it can; the installation waits for it. */
  private static final int TRIES = 1000;

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Path folder;
  private final int metricsPort;
  private final Optional<RehearsedCluster> cluster;
  private volatile boolean done;

  private Rehearsal(Path folder, boolean withCluster) throws IOException {
    this.folder = folder;
    this.cluster = withCluster ? Optional.of(RehearsedCluster.in(folder)) : Optional.empty();
    try (ServerSocket free = new ServerSocket(0)) {
      this.metricsPort = free.getLocalPort();
    }
  }

  /**
   * A daemon that did not get far enough in time leaves a smaller archive, and says so: that costs
   * some memory, and is no reason not to install it.
   *
   * @param args none; or a file for the names of the classes of the database's process, and it has
   *     a cluster
   */
  public static void main(String[] args) throws IOException, SettingsProblem {
    NativeCode.prepare();
    boolean withCluster = args.length > 0;
    if (withCluster) {
      System.setProperty(SupervisedNode.OPTION_PROPERTY, "-XX:DumpLoadedClassList=" + args[0]);
    }
    Path folder = Files.createTempDirectory("kneard");
    Rehearsal rehearsal = new Rehearsal(folder, withCluster);
    try {
      rehearsal.run();
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(each);
        }
      }
    }
    if (!rehearsal.done) {
      System.err.println("kneard-java: the rehearsal did not get as far as it should");
    }
    Runtime.getRuntime().halt(0);
  }

  private void run() throws IOException, SettingsProblem {
    Path home = Files.createDirectory(folder.resolve("home"));
    TcpDoor door = new TcpDoor(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    HttpServer server =
        HttpServer.start("rehearsal", door, new RehearsedAnswers(home), Limits.USUAL);
    try {
      Path settings = settings(home, "127.0.0.1:" + door.address().getPort());
      Thread audience = new Thread(this::watch, "audience");
      audience.setDaemon(true);
      audience.start();
      new Daemon(load(settings), () -> load(settings)).run();
    } finally {
      server.close();
    }
  }

  private Path settings(Path home, String address) throws IOException {
    Files.writeString(
        home.resolve("config.json"), "{\"rpc\": {\"addr\": \"%s\"}}".formatted(address));
    return file(
        "kneard.toml",
        """
        account-id = "rehearsal"
        [neard]
        binary = "%s"
        home = "%s"
        status-interval = "100ms"
        [keys]
        validator-key = "%s"
        %s
        [control]
        socket = "%s"
        [metrics]
        address = "127.0.0.1:%d"
        [runtime]
        dir = "%s"
        """
            .formatted(
                file("neard", "#!/bin/sh\nexec sleep 60\n"),
                home,
                file("key", RehearsedAnswers.KEY),
                cluster
                    .map(RehearsedCluster::settings)
                    .orElse("[consul]\nurls = [\"http://%s\"]".formatted(address)),
                socket(),
                metricsPort,
                folder));
  }

  private Path file(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Path socket() {
    return folder.resolve("socket");
  }

  private static LoadedSettings load(Path file) throws SettingsProblem {
    CommandLine line = CommandLine.parse(List.of("--config", file.toString()));
    return SettingsLoader.load(
        (Invocation) line, new io.kneard.config.Host(Map.of(), Optional.of("rehearsal")));
  }

  /**
   * Waits until the daemon has come far enough, looks at its metrics, and ends it as systemd would.
   */
  private void watch() {
    ControlClient control = new ControlClient(socket());
    for (int i = 0; i < TRIES && !done; i++) {
      try {
        done =
            cluster.isPresent()
                ? cluster.get().isOver(control)
                : control.status().state().equals(State.VALIDATING.title());
      } catch (ControlException | DqliteException e) {
        // Not open yet.
      }
      Threads.rest(PAUSE);
    }
    try {
      URI metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(metricsPort));
      try (InputStream page = metrics.toURL().openStream()) {
        page.readAllBytes();
      }
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("sh", "-c", "kill -TERM \"$0\"", self).start();
    } catch (IOException e) {
      Runtime.getRuntime().halt(Daemon.FAILED);
    }
  }
}

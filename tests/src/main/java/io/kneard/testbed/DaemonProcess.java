package io.kneard.testbed;

import io.kneard.standin.Chain;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One host: the daemon as it is installed, as a process of its own, with a stand-in for neard. */
public final class DaemonProcess implements AutoCloseable {
  private final String name;
  private final Path folder;
  private final NeardHome home;
  private final Map<String, String> settings;
  private final int metricsPort = FreePort.next();
  private Process process;

  /** Makes the host's folders; the daemon is not started yet. */
  public DaemonProcess(String name, Path folder, URI consul, Path key, Chain chain)
      throws IOException {
    this.name = name;
    this.folder = folder;
    this.home = NeardHome.create(folder.resolve(name), name, chain);
    this.settings =
        new HashMap<>(
            Map.ofEntries(
                Map.entry("KUUTAMO_NODE_ID", name),
                Map.entry("KUUTAMO_ACCOUNT_ID", "pool"),
                Map.entry("KUUTAMO_CONSUL_URL", consul.toString()),
                Map.entry("KUUTAMO_VALIDATOR_KEY", key.toString()),
                Map.entry("KUUTAMO_NEARD_HOME", home.folder().toString()),
                Map.entry("KNEARD_NEARD_BINARY", Checkout.standIn().toString()),
                Map.entry("KNEARD_RUNTIME_DIR", folder.resolve(name + "-run").toString()),
                Map.entry("KUUTAMO_EXPORTER_ADDRESS", "127.0.0.1:" + metricsPort),
                Map.entry("KNEARD_CONTROL_SOCKET", folder.resolve(name + ".sock").toString()),
                Map.entry("KNEARD_LOCK_PROFILE", "fast")));
  }

  /** Sets one more variable of the environment it is started with. */
  public void set(String variable, String value) {
    settings.put(variable, value);
  }

  /** The variables it is started with. */
  public Map<String, String> environment() {
    return Map.copyOf(settings);
  }

  /** Starts the daemon; again after it ended. */
  public void start() throws IOException {
    Path program = Path.of("../target/dist/bin/kneard-java").toAbsolutePath().normalize();
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    builder.environment().putAll(settings);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log().toFile()));
    process = builder.start();
    Process started = process;
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
  }

  /** The daemon's process. */
  public Process process() {
    return process;
  }

  /** Where it serves its metrics. */
  public URI metrics() {
    return URI.create("http://127.0.0.1:" + metricsPort);
  }

  /** neard's home. */
  public NeardHome home() {
    return home;
  }

  /** The neard that runs below the daemon, if one does. */
  public Optional<ProcessHandle> neard() {
    return process.children().flatMap(ProcessHandle::children).findFirst();
  }

  /** Everything the daemon has said so far. */
  public String said() throws IOException {
    return Files.exists(log()) ? Files.readString(log()) : "";
  }

  private Path log() {
    return folder.resolve(name + ".log");
  }

  /** Stops it in order, or kills it if that takes too long. */
  @Override
  public void close() {
    if (process == null) {
      return;
    }
    Signals.send("CONT", process.pid());
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

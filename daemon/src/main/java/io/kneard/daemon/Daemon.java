package io.kneard.daemon;

import io.kneard.config.PromotionMode;
import io.kneard.config.Settings;
import io.kneard.lock.Holder;
import io.kneard.lock.LeaderLock;
import io.kneard.lock.consul.ConsulLock;
import io.kneard.lock.consul.ConsulOptions;
import io.kneard.neard.ConfigJson;
import io.kneard.neard.KeyFile;
import io.kneard.neard.KeySlot;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Promotion;
import io.kneard.supervisor.Rules;
import io.kneard.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From settings to a running host, and its orderly end. */
final class Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final int FAILED = 1;

  private final Settings settings;
  private final List<String> warnings;

  Daemon(Settings settings, List<String> warnings) {
    this.settings = settings;
    this.warnings = warnings;
  }

  int run() {
    warnings.forEach(LOG::warn);
    Path runtime = settings.runtimeDir();
    try {
      Files.createDirectories(runtime);
      try (FileChannel file =
              FileChannel.open(
                  runtime.resolve("daemon.lock"),
                  Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
          FileLock only = file.tryLock()) {
        if (only == null) {
          LOG.error("another daemon is running on {} (runtime.dir)", runtime);
          return FAILED;
        }
        return supervise();
      }
    } catch (IOException e) {
      LOG.error("{}", e.toString());
      return FAILED;
    } catch (InterruptedException e) {
      return FAILED;
    }
  }

  private int supervise() throws IOException, InterruptedException {
    LOG.info(
        "kneard-java {} pid {} node {} account {}",
        Version.TEXT,
        ProcessHandle.current().pid(),
        settings.nodeId(),
        settings.accountId());
    try (io.kneard.daemon.Host host =
        new io.kneard.daemon.Host(
            rules(),
            place(),
            settings.neard().statusTimeout(),
            lock(),
            settings.runtimeDir(),
            (before, after, now) -> {})) {
      Signals.on("TERM", () -> host.tell(new Event.StopRequested("SIGTERM")));
      Signals.on("INT", () -> host.tell(new Event.StopRequested("SIGINT")));
      Signals.on("HUP", () -> LOG.warn("SIGHUP: nothing can be reloaded; restart instead"));
      return host.run();
    }
  }

  private Rules rules() {
    Settings.Neard neard = settings.neard();
    return new Rules(
        settings.lock().timing(),
        settings.nodeId(),
        settings.keys().validatorPublicKey(),
        neard.promotion() == PromotionMode.RESTART ? Promotion.RESTART : Promotion.HOT,
        neard.statusInterval(),
        neard.statusFailures(),
        neard.startTimeout(),
        neard.startAttempts(),
        neard.stopTimeout(),
        neard.promotionTimeout());
  }

  private NeardPlace place() throws IOException {
    Path home = settings.neard().home();
    Path slot = new ConfigJson(home.resolve("config.json")).validatorKeyFile();
    Settings.KeyFiles keys = settings.keys();
    List<String> bootNodes = settings.neard().bootNodes();
    return new NeardPlace(
        Path.of(System.getProperty("kneard.lib", "/usr/lib/kneard"), "kneard-fence")
            .toAbsolutePath()
            .normalize(),
        settings.neard().binary(),
        home,
        bootNodes.isEmpty() ? Optional.empty() : Optional.of(String.join(",", bootNodes)),
        new KeySlot(keys.validatorKey(), slot, keys.validatorPublicKey()),
        nodeKey(keys.validatorNodeKey(), home),
        nodeKey(keys.voterNodeKey(), home),
        settings.network().validatorAddr().map(Object::toString),
        settings.network().voterAddr().map(Object::toString));
  }

  private static Optional<KeySlot> nodeKey(Optional<Path> source, Path home) throws IOException {
    if (source.isEmpty()) {
      return Optional.empty();
    }
    String publicKey = KeyFile.read(source.get()).publicKey();
    return Optional.of(new KeySlot(source.get(), home.resolve("node_key.json"), publicKey));
  }

  private static Optional<TlsFiles> tls(Settings.Consul consul) {
    return consul.caFile().isPresent() || consul.certFile().isPresent()
        ? Optional.of(new TlsFiles(consul.caFile(), consul.certFile(), consul.keyFile()))
        : Optional.empty();
  }

  private LeaderLock lock() throws IOException {
    Settings.Consul consul = settings.consul();
    Duration renewEvery = settings.lock().timing().renewEvery();
    Duration longest = Duration.ofSeconds(2);
    return new ConsulLock(
        new ConsulOptions(
            consul.urls(),
            consul.tokenFile(),
            tls(consul),
            settings.accountId(),
            new Holder(InetAddress.getLocalHost().getHostName(), settings.nodeId()),
            settings.lock().timing(),
            renewEvery.compareTo(longest) < 0 ? renewEvery : longest));
  }
}

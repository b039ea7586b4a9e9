package io.kneard.daemon;

import io.kneard.config.Host;
import io.kneard.config.IfNotAttached;
import io.kneard.config.PromotionMode;
import io.kneard.config.Settings;
import io.kneard.database.ClusterDatabase;
import io.kneard.lock.Holder;
import io.kneard.lock.LeaderLock;
import io.kneard.lock.consul.ConsulLock;
import io.kneard.lock.consul.ConsulOptions;
import io.kneard.lock.embedded.EmbeddedLock;
import io.kneard.neard.ConfigJson;
import io.kneard.neard.KeyFile;
import io.kneard.neard.KeySlot;
import io.kneard.supervisor.Binding;
import io.kneard.supervisor.Promotion;
import io.kneard.supervisor.Rules;
import io.kneard.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** From settings to the parts of a host. */
final class Wiring {
  private Wiring() {}

  static Rules rules(Settings settings) {
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
        neard.promotionTimeout(),
        settings.volume().map(Wiring::binding));
  }

  private static Binding binding(Settings.BoundVolume volume) {
    return new Binding(
        volume.name(),
        volume.attachTimeout(),
        volume.otherwise() == IfNotAttached.GO_ON,
        volume.lossLimit());
  }

  /** The fence program, beside this program's jars. */
  static Path fence() {
    return Path.of(System.getProperty("kneard.lib", "/usr/lib/kneard"), "kneard-fence")
        .toAbsolutePath()
        .normalize();
  }

  static NeardPlace place(Settings settings) throws IOException {
    Path home = settings.neard().home();
    Path slot = new ConfigJson(home.resolve("config.json")).validatorKeyFile();
    Settings.KeyFiles keys = settings.keys();
    List<String> bootNodes = settings.neard().bootNodes();
    return new NeardPlace(
        fence(),
        settings.neard().binary(),
        home,
        bootNodes.isEmpty() ? Optional.empty() : Optional.of(String.join(",", bootNodes)),
        new KeySlot(keys.validatorKey(), slot, keys.validatorPublicKey()),
        nodeKey(keys.validatorNodeKey(), home),
        nodeKey(keys.voterNodeKey(), home),
        settings.network().validatorAddr().map(Object::toString),
        settings.network().voterAddr().map(Object::toString),
        publicAddresses(settings),
        settings.neard().rpcAddr().map(Object::toString));
  }

  /** As the original makes them: each with the validator's node key and its port. */
  private static List<String> publicAddresses(Settings settings) throws IOException {
    Optional<Path> nodeKey = settings.keys().validatorNodeKey();
    if (nodeKey.isEmpty() || settings.network().validatorAddr().isEmpty()) {
      return List.of();
    }
    String key = KeyFile.read(nodeKey.get()).publicKey();
    int port = settings.network().validatorAddr().get().port();
    return settings.network().publicAddresses().stream()
        .map(ip -> "%s@%s:%d".formatted(key, ip.contains(":") ? "[" + ip + "]" : ip, port))
        .toList();
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

  /**
   * The lock.
   *
   * @param database the cluster's, for a lock in it
   * @param tellOthers see {@link EmbeddedLock}
   */
  static LeaderLock lock(
      Settings settings, Supplier<Optional<ClusterDatabase>> database, Runnable tellOthers)
      throws IOException {
    Holder self = new Holder(Host.current().name().orElse("unknown"), settings.nodeId());
    return switch (settings.lock().backend()) {
      case CONSUL -> consul(settings, self);
      case EMBEDDED ->
          new EmbeddedLock(
              database, tellOthers, settings.accountId(), self, settings.lock().timing());
    };
  }

  private static LeaderLock consul(Settings settings, Holder self) throws IOException {
    Settings.Consul consul = settings.consul();
    Duration renewEvery = settings.lock().timing().renewEvery();
    Duration longest = Duration.ofSeconds(2);
    return new ConsulLock(
        new ConsulOptions(
            consul.urls(),
            consul.tokenFile(),
            tls(consul),
            settings.accountId(),
            self,
            settings.lock().timing(),
            renewEvery.compareTo(longest) < 0 ? renewEvery : longest));
  }
}

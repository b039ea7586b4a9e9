package io.kneard.failover;

import io.kneard.daemon.Host;
import io.kneard.daemon.NeardPlace;
import io.kneard.lock.Holder;
import io.kneard.lock.LockTiming;
import io.kneard.lock.consul.ConsulLock;
import io.kneard.lock.consul.ConsulOptions;
import io.kneard.neard.KeySlot;
import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import io.kneard.supervisor.Promotion;
import io.kneard.supervisor.Rules;
import io.kneard.supervisor.State;
import io.kneard.testbed.Checkout;
import io.kneard.testbed.NeardHome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One supervisor with a real fence, a stand-in for neard and a real lock. */
final class RunningHost {
  static final LockTiming TIMING =
      new LockTiming(
          Duration.ofSeconds(6),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ZERO,
          false);

  final String name;
  final NeardHome home;
  final Host host;
  final List<State> path = new CopyOnWriteArrayList<>(List.of(State.STARTUP));
  private final Thread thread;

  RunningHost(String name, Path folder, URI consul, Promotion promotion) throws Exception {
    this.name = name;
    this.home = NeardHome.create(folder.resolve(name), name, chain(folder));
    Path source = folder.resolve("validator_key.json");
    String key =
        (Files.exists(source) ? SignerKey.read(source) : SignerKey.generate(source, "pool"))
            .publicKey();
    Path runtime = Files.createDirectories(folder.resolve(name + "-run"));
    Path fence = Path.of("../daemon/src/main/fence/kneard-fence").toAbsolutePath().normalize();
    NeardPlace place =
        new NeardPlace(
            fence,
            Checkout.standIn().toString(),
            home.folder(),
            Optional.empty(),
            new KeySlot(source, home.slot(), key),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());
    ConsulLock lock =
        new ConsulLock(
            new ConsulOptions(
                List.of(consul),
                Optional.empty(),
                Optional.empty(),
                "pool",
                new Holder(name, name),
                TIMING,
                Duration.ofSeconds(1)));
    this.host =
        new Host(
            rules(name, key, promotion),
            place,
            Duration.ofSeconds(2),
            lock,
            runtime,
            (before, after, now) -> {
              if (before.state() != after.state()) {
                path.add(after.state());
              }
            });
    this.thread = new Thread(this::run, "host-" + name);
    thread.start();
  }

  /** All hosts of a test see one chain. */
  private static Chain chain(Path folder) throws IOException {
    Path genesis = folder.resolve("genesis.json");
    if (!Files.exists(genesis)) {
      Chain fresh = Chain.startingNow("pool", 100, 60, folder.resolve("ledger"));
      Files.writeString(genesis, fresh.toJson());
    }
    return Chain.read(genesis);
  }

  private static Rules rules(String name, String key, Promotion promotion) {
    return new Rules(
        TIMING,
        name,
        key,
        promotion,
        Duration.ofSeconds(1),
        3,
        Duration.ofSeconds(60),
        0,
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        Optional.empty());
  }

  private void run() {
    try {
      host.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  State state() {
    return host.current().state();
  }

  boolean signs() {
    return host.current().key() instanceof io.kneard.supervisor.Key.Live;
  }

  void close() throws InterruptedException {
    if (thread.isAlive()) {
      host.tell(new io.kneard.supervisor.Event.StopRequested("the test is over"));
      thread.join(20_000);
    }
    thread.interrupt();
    host.close();
  }
}

package io.kneard.failover;

import io.kneard.daemon.Host;
import io.kneard.daemon.NeardPlace;
import io.kneard.lock.Holder;
import io.kneard.lock.LockTiming;
import io.kneard.lock.consul.ConsulLock;
import io.kneard.lock.consul.ConsulOptions;
import io.kneard.neard.KeySlot;
import io.kneard.supervisor.Promotion;
import io.kneard.supervisor.Rules;
import io.kneard.supervisor.State;
import io.kneard.testbed.NeardHome;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One supervisor with a real fence, a stand-in for neard and a real lock. */
final class RunningHost {
  static final String KEY = "ed25519:6DSjZ8mvsRZDvFqFxo8tCKePG96omXW7eVYVSySmDk8e";
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
    this.home = new NeardHome(folder.resolve(name));
    Path source = folder.resolve("validator_key.json");
    Files.writeString(
        source,
        "{\"account_id\": \"pool\", \"public_key\": \"%s\", \"secret_key\": \"x\"}".formatted(KEY));
    Path runtime = Files.createDirectories(folder.resolve(name + "-run"));
    Path fence = Path.of("../daemon/src/main/fence/kneard-fence").toAbsolutePath().normalize();
    NeardPlace place =
        new NeardPlace(
            fence,
            home.standIn(folder.resolve("ledger")).toString(),
            home.folder(),
            Optional.empty(),
            new KeySlot(source, home.slot(), KEY),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ConsulLock lock =
        new ConsulLock(
            new ConsulOptions(
                List.of(consul),
                Optional.empty(),
                "pool",
                new Holder(name, name),
                TIMING,
                Duration.ofSeconds(1)));
    this.host =
        new Host(
            rules(name, promotion),
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

  private static Rules rules(String name, Promotion promotion) {
    return new Rules(
        TIMING,
        name,
        KEY,
        promotion,
        Duration.ofSeconds(1),
        3,
        Duration.ofSeconds(60),
        0,
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        Duration.ofMillis(500));
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

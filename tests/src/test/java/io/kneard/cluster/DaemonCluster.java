package io.kneard.cluster;

import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.ClusterCalls;
import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.ctl.api.cluster.Control;
import io.kneard.ctl.api.cluster.TokenRequest;
import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import io.kneard.testbed.DaemonProcess;
import io.kneard.testbed.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;

/** Real daemons on this machine, as they are installed, that can form a cluster. */
final class DaemonCluster implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);

  /** Nobody listens there: the lock is not what these tests are about. */
  private static final URI NO_CONSUL = URI.create("http://127.0.0.1:1");

  private final Path folder;
  private String backend = "consul";
  private Function<String, Map<String, String>> variables = name -> Map.of();
  private final Path key;
  private final Chain chain;
  private final Map<String, DaemonProcess> daemons = new LinkedHashMap<>();
  private final Map<String, String> addresses = new TreeMap<>();

  DaemonCluster(Path folder) throws IOException {
    this.folder = folder;
    this.key = folder.resolve("key.json");
    SignerKey.generate(key, "pool");
    this.chain = Chain.startingNow("pool", 100, 60, folder.resolve("ledger"));
  }

  /** Lets the daemons that are started from now on keep the lock in the cluster. */
  DaemonCluster embeddedLock() {
    backend = "embedded";
    return this;
  }

  /** Starts the daemons from now on with these variables too, by their names. */
  DaemonCluster with(Function<String, Map<String, String>> more) {
    variables = more;
    return this;
  }

  /** Starts a daemon that is in no cluster. */
  DaemonProcess start(String name) throws IOException {
    DaemonProcess daemon = prepare(name);
    daemon.start();
    awaitAnswer(name);
    return daemon;
  }

  /** A daemon that is not started yet. */
  DaemonProcess prepare(String name) throws IOException {
    DaemonProcess daemon = new DaemonProcess(name, folder, NO_CONSUL, key, chain);
    daemon.set("KNEARD_LOCK_BACKEND", backend);
    daemon.set("KNEARD_CLUSTER_DIR", folder.resolve(name + "-c").toString());
    daemon.set("KNEARD_CLUSTER_HEARTBEAT", "1s");
    variables.apply(name).forEach(daemon::set);
    daemons.put(name, daemon);
    addresses.put(name, "127.0.0.1:" + FreePort.pair());
    return daemon;
  }

  void awaitAnswer(String name) {
    await().atMost(SOON).ignoreExceptions().until(() -> client(name).status() != null);
  }

  String address(String name) {
    return addresses.get(name);
  }

  DaemonProcess daemon(String name) {
    return daemons.get(name);
  }

  Path state(String name) {
    return folder.resolve(name + "-c");
  }

  Path socket(String name) {
    return folder.resolve(name + ".sock");
  }

  ControlClient client(String name) {
    return new ControlClient(socket(name));
  }

  ClusterCalls calls(String name) {
    return client(name).cluster();
  }

  void bootstrap(String name) throws Exception {
    calls(name).begin(new Control(true, Map.of(), null, address(name), name));
  }

  void join(String name, String through) throws Exception {
    join(name, calls(through).addToken(new TokenRequest(name, null)), address(name));
  }

  void join(String name, String token, String address) throws ControlException {
    calls(name).begin(new Control(false, Map.of(), token, address, name));
  }

  /** A cluster of the daemons of these names, all online, all with their roles. */
  static DaemonCluster of(Path folder, String... names) throws Exception {
    return new DaemonCluster(folder).form(names);
  }

  DaemonCluster form(String... names) throws Exception {
    DaemonCluster cluster = this;
    try {
      for (String name : names) {
        prepare(name).start();
      }
      for (String name : names) {
        awaitAnswer(name);
      }
      cluster.bootstrap(names[0]);
      for (String name : List.of(names).subList(1, names.length)) {
        cluster.join(name, names[0]);
      }
      cluster.awaitList(
          names[0],
          list ->
              list.size() == names.length
                  && list.stream().allMatch(m -> m.status().equals("ONLINE"))
                  && list.stream().noneMatch(m -> m.role().equals("PENDING"))
                  && list.stream().noneMatch(m -> m.role().equals("spare")));
      return cluster;
    } catch (Exception | Error e) {
      cluster.close();
      throw e;
    }
  }

  List<ClusterMember> awaitList(String through, Predicate<List<ClusterMember>> wanted) {
    return awaited("the list", () -> calls(through).list(), DaemonCluster::text, wanted);
  }

  /** Waits until what is looked at is as wanted; says of what, and how it is, if it never is. */
  static <T> T awaited(
      String what, Callable<T> look, Function<T, String> text, Predicate<T> wanted) {
    AtomicReference<T> last = new AtomicReference<>();
    try {
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(
              () -> {
                last.set(look.call());
                return wanted.test(last.get());
              });
    } catch (ConditionTimeoutException e) {
      String state = Optional.ofNullable(last.get()).map(text).orElse("unseen");
      throw new AssertionError("%s stays %s".formatted(what, state), e);
    }
    return last.get();
  }

  static String text(List<ClusterMember> list) {
    StringBuilder text = new StringBuilder();
    list.forEach(m -> text.append(m.name() + " " + m.role() + " " + m.status() + "; "));
    return text.toString();
  }

  static ClusterMember member(List<ClusterMember> list, String name) {
    return list.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    daemons.values().forEach(daemon -> end(daemon));
  }

  private static void end(DaemonProcess daemon) {
    if (daemon.process() != null) {
      daemon.process().destroyForcibly();
    }
    daemon.close();
  }
}

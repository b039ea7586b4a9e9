package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.drbdstandin.HostVariables;
import io.kneard.drbdstandin.Hosts;
import io.kneard.drbdstandin.ToolServer;
import io.kneard.testbed.Kneardctl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Installed daemons in one cluster whose kernels are played, and kneardctl as it is typed. */
final class VolumeHosts implements AutoCloseable {
  private static final long SYNC_KIB_PER_SECOND = 1 << 20;

  private final Path folder;
  private final ToolServer kernels;
  private final DaemonCluster cluster;

  private VolumeHosts(Path folder, Map<String, String> settings) throws IOException {
    this.folder = folder;
    this.kernels = new ToolServer(new Hosts("9.2.18", SYNC_KIB_PER_SECOND));
    this.cluster = new DaemonCluster(folder).embeddedLock().with(name -> variables(name, settings));
  }

  /**
   * Starts them.
   *
   * @param settings variables that all of them have besides
   */
  static VolumeHosts start(Path folder, Map<String, String> settings, String... names)
      throws Exception {
    VolumeHosts hosts = new VolumeHosts(folder, settings);
    try {
      hosts.cluster.form(names);
      await()
          .atMost(SOON)
          .until(
              () ->
                  hosts.ctl(names[0], "host", "list").out().split("serves volumes", -1).length
                      == names.length + 1);
      return hosts;
    } catch (Exception | Error e) {
      hosts.close();
      throw e;
    }
  }

  private Map<String, String> variables(String name, Map<String, String> more) {
    int number = name.charAt(0) - 'a' + 1;
    Map<String, String> all =
        new HashMap<>(HostVariables.of(kernels, name, number, folder.resolve(name + "-volumes")));
    all.putAll(more);
    return all;
  }

  /** Where a host's devices are found. */
  Path devices(String name) {
    return folder.resolve(name + "-volumes").resolve("devices");
  }

  ToolServer kernels() {
    return kernels;
  }

  DaemonCluster cluster() {
    return cluster;
  }

  /** What an operator types on a host. */
  Kneardctl ctl(String host, String... line) throws IOException, InterruptedException {
    return Kneardctl.run(cluster.socket(host), line);
  }

  /** The same, and it has to work. */
  String done(String host, String... line) throws IOException, InterruptedException {
    Kneardctl ran = ctl(host, line);
    assertThat(ran.status()).as("%s: %s%s", List.of(line), ran.out(), ran.err()).isZero();
    return ran.out();
  }

  /** A volume as a host shows it. */
  VolumeView volume(String host, String name) throws Exception {
    return cluster.client(host).mesh().volume(name);
  }

  /** Waits until a host shows a volume so. */
  VolumeView awaited(String host, String name, Predicate<VolumeView> wanted) {
    return DaemonCluster.awaited(
        "volume " + name, () -> volume(host, name), VolumeView::toString, wanted);
  }

  /** The power of a host goes: its daemon and its kernel end at once. */
  void powerOff(String name) throws Exception {
    kill(name);
    kernels.hosts().crash(name);
  }

  /** Kills a host's daemon; the kernel goes on. */
  void kill(String name) throws Exception {
    cluster.daemon(name).process().destroyForcibly().waitFor();
  }

  /** Starts a daemon that was killed. */
  void restart(String name) throws IOException {
    cluster.daemon(name).start();
    cluster.awaitAnswer(name);
  }

  @Override
  public void close() {
    cluster.close();
    try {
      kernels.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.kneard.daemon;

import io.kneard.cluster.ClusterService;
import io.kneard.cluster.CoreHandler;
import io.kneard.cluster.Subject;
import io.kneard.config.LoadedSettings;
import io.kneard.config.Settings;
import io.kneard.control.ControlServer;
import io.kneard.ctl.api.ReloadReport;
import io.kneard.datamesh.api.MeshHandler;
import io.kneard.lock.LeaderLock;
import io.kneard.lock.embedded.EmbeddedLock;
import io.kneard.metrics.Metrics;
import io.kneard.neard.Uptime;
import io.kneard.operations.Check;
import io.kneard.operations.HostOperations;
import io.kneard.operations.Identity;
import io.kneard.operations.PauseFile;
import io.kneard.operations.Reload;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From settings to a running host, and its orderly end. */
final class Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  /** The exit status for everything that has none of its own. */
  static final int FAILED = 1;

  private final Settings settings;
  private final LoadedSettings loaded;
  private final Reload.Source source;

  /**
   * @param source where the settings came from, to be asked again at a reload
   */
  Daemon(LoadedSettings loaded, Reload.Source source) {
    this.settings = loaded.settings();
    this.loaded = loaded;
    this.source = source;
  }

  int run() {
    loaded.warnings().forEach(LOG::warn);
    Path runtime = settings.runtimeDir();
    try {
      if (!Files.isDirectory(runtime)) {
        Files.createDirectories(runtime);
        // Its group may get to the control socket, nobody else to anything in it.
        Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxr-x---"));
      }
      OnlyOne only = OnlyOne.on(runtime);
      SpareHeap heap = SpareHeap.watch();
      try {
        return supervise();
      } finally {
        heap.close();
        only.close();
      }
    } catch (IOException e) {
      LOG.error("{}", e.getMessage());
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
    AtomicReference<Runnable> shutdown = new AtomicReference<>(() -> {});
    try (ClusterService cluster =
        new ClusterService(
            Clustering.settings(settings), state -> {}, () -> shutdown.get().run())) {
      cluster.start();
      try (Volumes volumes = Volumes.start(settings.datamesh(), cluster)) {
        return supervise(cluster, volumes, shutdown);
      }
    }
  }

  private int supervise(ClusterService cluster, Volumes volumes, AtomicReference<Runnable> shutdown)
      throws IOException, InterruptedException {
    LeaderLock lock =
        Wiring.lock(settings, cluster::database, () -> cluster.nudgeOthers(Subject.LOCK));
    if (lock instanceof EmbeddedLock embedded) {
      cluster.whenNudged(Subject.LOCK, embedded::lookNow);
    }
    Rules rules = Wiring.rules(settings);
    HostMetrics metrics =
        new HostMetrics(new Metrics(Version.TEXT), settings.lock().timing(), Uptime.nanos());
    try (SystemdNotifier systemd = SystemdNotifier.open(System.getenv(), rules.stopWithin());
        io.kneard.daemon.Host host =
            new io.kneard.daemon.Host(
                rules,
                Wiring.place(settings),
                settings.neard().statusTimeout(),
                lock,
                settings.runtimeDir(),
                metrics.and(systemd));
        Exporter exporter =
            Exporter.start(settings, host, metrics, () -> Clustering.view(cluster))) {
      settings.volume().ifPresent(bound -> host.bind(volumes.bound(bound.name(), host::tell)));
      LOG.info("metrics on {}", exporter.address());
      Reload reload = new Reload(source, loaded, fresh -> use(host, lock, systemd, fresh));
      ControlServer control =
          ControlServer.start(
              settings.control().socket(),
              settings.control().group(),
              operations(host, lock, reload, cluster),
              new CoreHandler(cluster, true),
              volumes.handler(),
              MeshHandler::owns);
      shutdown.set(() -> host.tell(new Event.StopRequested("kneardctl")));
      try {
        Signals.on("TERM", () -> host.tell(new Event.StopRequested("SIGTERM")));
        Signals.on("INT", () -> host.tell(new Event.StopRequested("SIGINT")));
        Signals.on("HUP", () -> systemd.whileReloading(() -> log(reload.run())));
        return host.run();
      } finally {
        control.close();
      }
    }
  }

  private HostOperations operations(
      io.kneard.daemon.Host host, LeaderLock lock, Reload reload, ClusterService cluster) {
    Identity self =
        new Identity(
            settings.nodeId(),
            settings.accountId(),
            Version.TEXT,
            ProcessHandle.current().pid(),
            settings.lock().backend().name().toLowerCase(Locale.ROOT),
            settings.volume().map(Settings.BoundVolume::name));
    return new HostOperations(
        self,
        host,
        host.maintained(),
        lock,
        new PauseFile(settings.runtimeDir()),
        reload,
        new Check(source, it -> Wiring.lock(it, cluster::database, () -> {}), Wiring.fence()),
        host.changes(),
        () -> Clustering.shown(cluster));
  }

  private static void use(
      io.kneard.daemon.Host host, LeaderLock lock, SystemdNotifier systemd, Settings fresh) {
    Rules rules = Wiring.rules(fresh);
    host.use(rules, fresh.neard().statusTimeout());
    systemd.stopWithin(rules.stopWithin());
    lock.reload();
  }

  private static void log(ReloadReport report) {
    report.problems().forEach(problem -> LOG.error("reload: nothing was changed: {}", problem));
    LOG.info(
        "reload: in force now: {}; after a restart: {}", report.applied(), report.needRestart());
  }
}

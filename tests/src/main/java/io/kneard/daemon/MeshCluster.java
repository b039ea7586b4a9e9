package io.kneard.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.cluster.ClusterService;
import io.kneard.cluster.ClusterSettings;
import io.kneard.cluster.CoreHandler;
import io.kneard.cluster.Crash;
import io.kneard.cluster.RolePlan;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.database.DatabaseState;
import io.kneard.datamesh.agent.Equipment;
import io.kneard.datamesh.control.HostFacts.Network;
import io.kneard.datamesh.control.Members;
import io.kneard.datamesh.control.MeshStore;
import io.kneard.datamesh.control.MeshTables;
import io.kneard.drbd.DeviceLink;
import io.kneard.drbd.Pool;
import io.kneard.drbdstandin.HostEvents;
import io.kneard.drbdstandin.HostStorage;
import io.kneard.drbdstandin.HostTools;
import io.kneard.drbdstandin.Hosts;
import io.kneard.http.Answer;
import io.kneard.http.Call;
import io.kneard.testbed.Await;
import io.kneard.testbed.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Hosts with real databases that are one cluster, and stand-in kernels: all of a daemon that has to
 * do with volumes, in one process.
 */
public final class MeshCluster implements AutoCloseable {
  /** Longer than usual, so that a busy machine does not make leaders change too often. */
  private static final Duration LATENCY = Duration.ofMillis(60);

  /** What a host does that is no command: its controller or its agent has stored something. */
  static final String STORED = "stored";

  private static final int UNAVAILABLE = 503;
  private static final long STEP_MILLIS = 20;
  private static final long SYNC_KIB_PER_SECOND = 1L << 30;

  private final Path folder;
  private final Hosts kernels = new Hosts("9.2.18", SYNC_KIB_PER_SECOND);
  private final Map<String, ClusterService> services = new TreeMap<>();
  private final Map<String, Volumes> volumes = new ConcurrentHashMap<>();
  private final Map<String, List<Predicate<String>>> killers = new ConcurrentHashMap<>();
  private final List<BiPredicate<String, String>> watchers = new CopyOnWriteArrayList<>();
  private Future<?> passing = CompletableFuture.completedFuture(null);
  private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();

  /** A cluster of hosts of these names, all of them voters. */
  public MeshCluster(Path folder, String... names) throws Exception {
    this.folder = folder;
    try {
      for (String name : names) {
        join(name, names[0]);
      }
      passing =
          time.scheduleWithFixedDelay(
              () -> kernels.pass(STEP_MILLIS), STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
      Await.until(
          "all hosts serve volumes",
          () ->
              get(names[0], "/v1/hosts").findValuesAsText("problem").stream()
                  .allMatch(problem -> problem.equals("null")));
    } catch (Exception | Error e) {
      close();
      throw e;
    }
  }

  private void join(String name, String through) throws Exception {
    ClusterService service =
        new ClusterService(
            new ClusterSettings(
                folder.resolve(name),
                name,
                Optional.empty(),
                Duration.ofSeconds(1),
                new RolePlan(3, 3),
                "",
                LATENCY,
                Optional.empty(),
                "test",
                MeshTables.STEPS,
                List.of()),
            state -> {},
            () -> {});
    services.put(name, service);
    String address = "127.0.0.1:" + FreePort.pair();
    if (name.equals(through)) {
      service.bootstrap(name, address);
    } else {
      service.join(token(through, name), name, address);
    }
    startVolumes(name);
  }

  private String token(String through, String name) throws IOException {
    JsonNode answer =
        json(
            new CoreHandler(services.get(through), true)
                .answer(call("POST", CoreRoutes.CONTROL_TOKENS, Map.of("name", name))));
    return answer.get("metadata").asText();
  }

  /** The part of the daemon that cares for volumes begins on this host. */
  public void startVolumes(String name) {
    Equipment equipment =
        new Equipment(
            List.of(new Pool.LvmThin("pool", "group", "thin")),
            List.of(new Network("net", "10.0.0." + (name.charAt(0) - 'a' + 1))),
            1000,
            7700,
            () -> tools(name),
            pool -> new HostStorage(kernels, name),
            new HostEvents(kernels),
            new DeviceLink(folder.resolve(name + "-dev")));
    volumes.put(name, Volumes.start(equipment, services.get(name), () -> stored(name)));
  }

  private void stored(String name) {
    boolean own = Thread.currentThread().getName().startsWith("datamesh");
    if (own && dies(name, STORED)) {
      throw new HostTools.Killed("after it has stored something");
    }
  }

  private boolean dies(String name, String what) {
    boolean dies = false;
    for (BiPredicate<String, String> one : watchers) {
      dies |= one.test(name, what);
    }
    return dies;
  }

  /**
   * Is shown the host and what it does next: a command of its agent, or {@link #STORED}; says
   * whether it dies instead.
   *
   * @return ends it
   */
  Runnable watchAll(BiPredicate<String, String> watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  private HostTools tools(String name) {
    HostTools tools = new HostTools(kernels, name);
    tools.killBefore(
        line -> killers(name).stream().anyMatch(killer -> killer.test(line)) || dies(name, line));
    return tools;
  }

  private List<Predicate<String>> killers(String name) {
    return killers.getOrDefault(name, List.of());
  }

  /** Is shown every command of this host before it is run. */
  public void watch(String name, Consumer<String> commands) {
    killers.put(
        name,
        List.of(
            line -> {
              commands.accept(line);
              return false;
            }));
  }

  /** Whoever runs such a command on this host dies before it is run. */
  public void killBefore(String name, Predicate<String> which) {
    killers.put(name, List.of(which));
  }

  /** The part that cares for volumes ends on this host, and begins anew; the kernel stays. */
  public synchronized void restartVolumes(String name) {
    volumes.remove(name).close();
    killers.remove(name);
    startVolumes(name);
  }

  /** The whole host is gone, with its kernel, once the others are there to go on without it. */
  public void lose(String name) throws InterruptedException {
    Await.until(
        "all databases are online",
        () ->
            services.values().stream()
                .allMatch(service -> service.state() instanceof DatabaseState.Online));
    volumes.remove(name).close();
    services.get(name).close();
    kernels.crash(name);
  }

  /** What is stored, as this host sees it. */
  public MeshStore store(String name) {
    return new MeshStore(services.get(name)::database, new NoMembers(), () -> {});
  }

  private static final class NoMembers implements Members {
    @Override
    public List<Standing> all() {
      return List.of();
    }

    @Override
    public boolean leads() {
      return false;
    }
  }

  /** The stand-in kernels. */
  public Hosts kernels() {
    return kernels;
  }

  /** The host that leads the database. */
  public String leader() throws InterruptedException {
    List<String> found = new ArrayList<>();
    Await.until(
        "a host leads",
        () -> {
          volumes.keySet().stream()
              .filter(name -> services.get(name).leads())
              .filter(name -> services.get(name).state() instanceof DatabaseState.Online)
              .forEach(found::add);
          return !found.isEmpty();
        });
    return found.get(0);
  }

  /** The database's process of this host dies. */
  public void killDatabase(String name) {
    Crash.database(services.get(name));
  }

  /** Asks a host. */
  public JsonNode get(String name, String path) throws IOException {
    return json(volumes.get(name).handler().answer(call("GET", path, null)));
  }

  /** The answer of a host, whatever it is; asked again while the database has no leader. */
  public JsonNode ask(String name, String method, String path, Object body)
      throws IOException, InterruptedException {
    AtomicReference<Answer.Whole> last = new AtomicReference<>();
    Await.until(
        () -> "%s at %s stays unavailable".formatted(path, name),
        () -> {
          last.set(answer(name, method, path, body));
          return last.get().status() != UNAVAILABLE;
        });
    return json(last.get());
  }

  /** The same with its status. */
  public Answer.Whole answer(String name, String method, String path, Object body)
      throws IOException {
    String[] parts = path.split("\\?", 2);
    Call plain = call(method, parts[0], body);
    Call call =
        new Call(
            plain.method(),
            plain.path(),
            parts.length > 1 ? parts[1] : "",
            Optional.empty(),
            plain.body());
    return (Answer.Whole) volumes.get(name).handler().answer(call);
  }

  private static Call call(String method, String path, Object body) throws IOException {
    byte[] bytes = body == null ? new byte[0] : ControlJson.get().writeValueAsBytes(body);
    return new Call(method, path, "", Optional.empty(), bytes);
  }

  private static JsonNode json(Answer answer) throws IOException {
    Answer.Whole whole = (Answer.Whole) answer;
    return ControlJson.get().readTree(new String(whole.body(), StandardCharsets.UTF_8));
  }

  /** Waits until a host shows a volume so. */
  public VolumeView awaited(String name, String volume, Predicate<VolumeView> wanted)
      throws InterruptedException {
    List<JsonNode> last = new ArrayList<>();
    List<VolumeView> met = new ArrayList<>();
    Await.until(
        () -> "volume %s stays %s".formatted(volume, last),
        () -> {
          last.clear();
          last.add(get(name, "/v1/volumes/" + volume));
          VolumeView view = ControlJson.get().treeToValue(last.get(0), VolumeView.class);
          boolean holds = wanted.test(view);
          if (holds) {
            met.add(view);
          }
          return holds;
        });
    return met.get(0);
  }

  @Override
  public void close() {
    passing.cancel(true);
    time.shutdownNow();
    volumes.values().forEach(Volumes::close);
    services.values().forEach(ClusterService::close);
  }
}

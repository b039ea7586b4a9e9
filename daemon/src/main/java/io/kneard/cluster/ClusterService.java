package io.kneard.cluster;

import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.ctl.api.cluster.ServerInfo;
import io.kneard.database.ClusterDatabase;
import io.kneard.database.DatabaseState;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.dqlite.NodeSettings;
import io.kneard.http.HttpServer;
import io.kneard.http.Limits;
import io.kneard.http.TlsDoor;
import io.kneard.tls.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host's place in a cluster: none at first, and then what {@link #bootstrap} or {@link #join}
 * have made of it, also after a restart. Calls may come from many threads.
 */
public final class ClusterService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterService.class);

  /** The name in the cluster's own certificate. */
  private static final String SHARED = "cluster.kneard";

  private static final Limits LIMITS =
      new Limits(48, 8 * 1024, 64, 256 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(10));

  /** For a database that has begun until it is online. */
  private static final Duration ONLINE_WITHIN = Duration.ofSeconds(60);

  /** Who was not heard of for so many of them is not online. */
  private static final int HEARTBEATS = 3;

  private final ClusterSettings settings;
  private final StateFolder folder;
  private final Consumer<DatabaseState> listener;
  private final Runnable shutdown;
  private final Object change = new Object();
  private RunningMember running; // guarded by change, written under both
  private HttpServer api;
  private Optional<FolderLock> lock = Optional.empty();
  private volatile Optional<Comeback> comeback = Optional.empty();
  private volatile DatabaseState outside = new DatabaseState.NotInitialized();
  private final Map<Subject, Runnable> nudged = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  /**
   * A host that does nothing yet.
   *
   * @param listener told of each state of the database; it must be quick
   * @param shutdown ends the daemon in order
   */
  public ClusterService(
      ClusterSettings settings, Consumer<DatabaseState> listener, Runnable shutdown) {
    this.settings = settings;
    this.folder = new StateFolder(settings.folder());
    this.listener = listener;
    this.shutdown = shutdown;
  }

  /** Goes on where it was; does nothing on a host that is in no cluster, and never fails. */
  public synchronized void start() {
    try {
      if (folder.isThere()) {
        own();
      }
      Optional<StateFolder.Self> self = folder.self();
      if (self.isPresent() && Files.exists(folder.recoveryBegun())) {
        offline("a recovery was begun and has not ended: 'kneardctl cluster recover' again");
      } else if (self.isPresent() && Files.exists(folder.archive())) {
        offline("it waits to come back to the recovered cluster");
        comeback = Optional.of(Comeback.start(settings, folder, self.get(), new Return()));
      } else if (self.isPresent()) {
        open(self.get());
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("the cluster cannot be started: {}", e.getMessage());
      offline(String.valueOf(e.getMessage()));
    }
  }

  private void offline(String why) {
    outside = new DatabaseState.Offline(why);
    LOG.info("{}", outside.message());
    listener.accept(outside);
  }

  /** What becomes of a member that comes back. */
  private final class Return implements Comeback.Listener {
    @Override
    public void back() throws IOException {
      synchronized (ClusterService.this) {
        if (!stopping) {
          open(folder.self().orElseThrow());
        }
      }
    }

    @Override
    public void still(String why) {
      if (!outside.equals(new DatabaseState.Offline(why))) {
        offline(why);
      }
    }
  }

  /** How far the database is. */
  public DatabaseState state() {
    return running().map(it -> it.member.database.state()).orElse(outside);
  }

  /** The database, while there is one. */
  public Optional<ClusterDatabase> database() {
    return running().map(it -> it.member.database);
  }

  /**
   * Tells the other members that something in the database is worth a look; who is not reached
   * finds out by itself. Does not wait.
   */
  public void nudgeOthers(Subject about) {
    running().ifPresent(member -> member.nudgeOthers(about));
  }

  /** What to do when another member says so; it must be quick. */
  public void whenNudged(Subject about, Runnable look) {
    nudged.put(about, look);
  }

  void nudged(Subject about) {
    nudged.getOrDefault(about, () -> {}).run();
  }

  /**
   * A member, as far as this host knows.
   *
   * @param online whether it has answered lately
   * @param lastHeard when it last answered; empty if it never did
   */
  public record Standing(String name, boolean online, Optional<Instant> lastHeard) {}

  /**
   * All members. The one that leads goes by the answers it gets; the others by what it has written
   * down, and by their own clocks.
   */
  public List<Standing> standing() throws DatabaseUnavailable {
    RunningMember member = running().orElseThrow(() -> new DatabaseUnavailable(outside.message()));
    List<MemberRow> rows = member.member.database.read(ClusterTables::members);
    Map<String, Boolean> online = member.heartbeats.online(rows);
    boolean leads = member.heartbeats.leads();
    Instant since = Instant.now().minus(settings.heartbeat().multipliedBy(HEARTBEATS));
    return rows.stream()
        .map(
            row ->
                new Standing(
                    row.name(),
                    online.get(row.name())
                        || (!leads && row.heartbeat().filter(since::isBefore).isPresent()),
                    row.heartbeat()))
        .toList();
  }

  /** Whether the database's node on this host leads; asks it. */
  public boolean leads() {
    return running().filter(it -> it.member.leads()).isPresent();
  }

  /** This host's name and the address of its API, while it is a member. */
  public Optional<Map.Entry<String, String>> self() {
    return running().map(it -> Map.entry(it.member.self.name(), it.member.self.address()));
  }

  /** When the first of this member's certificates ends. */
  public Optional<Instant> certificateEnds() {
    return running().map(RunningMember::certificateEnds);
  }

  /** What anyone may know. */
  public ServerInfo info() {
    Optional<StateFolder.Self> self = running().map(it -> it.member.self);
    return new ServerInfo(
        self.map(StateFolder.Self::name).orElse(""),
        self.map(StateFolder.Self::address).orElse(""),
        settings.version(),
        state() instanceof DatabaseState.Online && !stopping,
        settings.extensions());
  }

  /** Throws unless start-up is complete. */
  void requireReady() throws ClusterProblem {
    if (stopping) {
      throw ClusterProblem.unavailable("Daemon is shutting down");
    }
    if (!(state() instanceof DatabaseState.Online)) {
      throw ClusterProblem.unavailable("Daemon is not ready yet");
    }
  }

  boolean stopping() {
    return stopping;
  }

  /** The member that this host is; 503 while it is none. */
  RunningMember member() throws ClusterProblem {
    return running().orElseThrow(() -> ClusterProblem.unavailable(outside.message()));
  }

  Optional<RunningMember> running() {
    synchronized (change) {
      return Optional.ofNullable(running);
    }
  }

  List<ClusterMember> list() throws ClusterProblem {
    return MembersList.of(member().member);
  }

  void shutdown() {
    shutdown.run();
  }

  /**
   * Founds a cluster.
   *
   * @param address of the API, {@code IP:PORT}
   */
  public void bootstrap(String name, String address) throws ClusterProblem {
    begin(
        name,
        address,
        now -> {
          Identity server = Certificates.make(name, now);
          StateFolder.Self self =
              new StateFolder.Self(
                  name, address, NodeSettings.BOOTSTRAP_ID, NodeAddress.of(address));
          folder.make();
          new TrustStore(folder.trustStore())
              .replace(
                  List.of(
                      new TrustedMember(name, address, Certificates.pem(server.certificate()))));
          folder.found(self, server, Certificates.make(SHARED, now));
        });
  }

  /**
   * Joins a cluster.
   *
   * @param token for this name, see {@link JoinToken}
   * @param address of the API, {@code IP:PORT}
   */
  public void join(String token, String name, String address) throws ClusterProblem {
    JoinToken decoded;
    try {
      decoded = JoinToken.decode(token);
    } catch (IllegalArgumentException e) {
      throw ClusterProblem.wrong(e.getMessage());
    }
    begin(name, address, now -> new Joining(settings, folder, decoded).join(name, address, now));
    running().ifPresent(RunningMember::askForRound);
  }

  /** The name given, or that of the settings. */
  String nameOr(String given) {
    return given == null || given.isEmpty() ? settings.name() : given;
  }

  /** The address given, or that of the settings. */
  String addressOr(String given) throws ClusterProblem {
    if (given != null && !given.isEmpty()) {
      return given;
    }
    return settings
        .address()
        .orElseThrow(
            () ->
                ClusterProblem.wrong(
                    "address: IP:PORT is wanted, here or as the setting cluster.address"));
  }

  /** Makes the folder. */
  private interface Beginning {
    void run(Instant now) throws ClusterProblem, IOException;
  }

  private void begin(String name, String address, Beginning work) throws ClusterProblem {
    synchronized (this) {
      if (stopping) {
        throw ClusterProblem.unavailable("Daemon is shutting down");
      }
      try {
        MemberName.check(name);
        own();
        if (folder.self().isPresent()) {
          throw new ClusterProblem(
              409, "this host is a member already: %s".formatted(folder.self().get().name()));
        }
        requireFree("address", address);
        requireFree("the database's address", NodeAddress.of(address));
        folder.clear(); // of a beginning that came to nothing
        work.run(Instant.now());
        open(folder.self().orElseThrow());
      } catch (IllegalArgumentException e) {
        throw ClusterProblem.wrong(e.getMessage());
      } catch (IOException e) {
        throw new ClusterProblem(500, e.getMessage());
      }
    }
    awaitOnline();
  }

  /** Takes the folder, unless it is this daemon's already. */
  private void own() throws IOException {
    if (lock.isEmpty()) {
      lock = Optional.of(FolderLock.take(folder));
    }
  }

  /** Better known before a token is used up. */
  private static void requireFree(String what, String address) throws ClusterProblem {
    try (java.net.ServerSocket socket = new java.net.ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(resolve(address));
    } catch (IOException e) {
      throw ClusterProblem.wrong(
          "%s = %s: an address of this host whose port is free is wanted: %s"
              .formatted(what, address, e.getMessage()));
    }
  }

  private static InetSocketAddress resolve(String address) throws IOException {
    InetSocketAddress parsed = NodeSettings.parseAddress("address", address);
    return new InetSocketAddress(InetAddress.getByName(parsed.getHostString()), parsed.getPort());
  }

  private void awaitOnline() throws ClusterProblem {
    long deadline = System.nanoTime() + ONLINE_WITHIN.toNanos();
    while (!(state() instanceof DatabaseState.Online)) {
      boolean hopeless =
          state() instanceof DatabaseState.Offline offline && offline.why().contains("libdqlite");
      if (hopeless || System.nanoTime() - deadline >= 0 || stopping) {
        throw ClusterProblem.unavailable(state().message());
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ClusterProblem.unavailable("Daemon is shutting down");
      }
    }
  }

  private void open(StateFolder.Self self) throws IOException {
    RunningMember member = RunningMember.start(settings, folder, self, listener);
    try {
      TlsDoor door = new TlsDoor(resolve(self.address()), member.member::door);
      api = HttpServer.start("cluster-api", door, new CoreHandler(this, false), LIMITS);
    } catch (IOException | RuntimeException e) {
      member.drop();
      throw e;
    }
    synchronized (change) {
      running = member;
    }
    LOG.info(
        "member {} at {}, its database at {}", self.name(), self.address(), self.nodeAddress());
  }

  /** This host is no member any more: forgets all but the backups. */
  synchronized void reset() {
    RunningMember before = take();
    if (before == null) {
      return;
    }
    LOG.warn(
        "{} was removed from the cluster: this host is in none now", before.member.self.name());
    before.drop();
    try {
      folder.clear();
      outside = new DatabaseState.NotInitialized();
    } catch (IOException e) {
      LOG.error("{} could not be cleared: {}", folder.folder(), e.getMessage());
      outside = new DatabaseState.Offline("it was removed, and could not be cleared");
    }
    listener.accept(outside);
  }

  private RunningMember take() {
    if (api != null) {
      api.close();
      api = null;
    }
    synchronized (change) {
      RunningMember before = running;
      running = null;
      return before;
    }
  }

  /** Ends in order: the member hands its roles over first. */
  @Override
  public void close() {
    stopping = true;
    comeback.ifPresent(Comeback::close);
    synchronized (this) {
      Optional<RunningMember> before = running();
      before.ifPresent(RunningMember::close);
      outside = new DatabaseState.Offline("it was stopped");
      take();
      release();
    }
  }

  private void release() {
    try {
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (IOException e) {
      LOG.warn("{}: {}", folder.folder(), e.getMessage());
    }
    lock = Optional.empty();
  }
}

package io.kneard.drbdstandin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Several hosts and the network between them. Time passes only when it is told to; everything that
 * takes no time has happened when a call returns. One caller at a time.
 */
public final class Hosts {
  /** KiB that are different after a short absence. */
  static final long SHORT_ABSENCE = 1024;

  private static final int ROUNDS_MAX = 200;

  private final Map<String, Kernel> kernels = new TreeMap<>();
  private final Set<String> cuts = new HashSet<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final Set<String> changed = new HashSet<>();
  private final boolean oneDefeatsTies;
  private final String version;
  private final long kibPerSecond;
  private long generations = 1000;

  /**
   * @param version of the kernel module that is stood in for
   * @param kibPerSecond of a resync
   */
  public Hosts(String version, long kibPerSecond) {
    this.version = version;
    this.oneDefeatsTies = version.startsWith("9.3");
    this.kibPerSecond = kibPerSecond;
  }

  /** Of the kernel module. */
  String version() {
    return version;
  }

  /**
   * Tells of every change.
   *
   * @param news is given the name of a resource; must not block, nor call back
   * @return ends it
   */
  Runnable listen(Consumer<String> news) {
    listeners.add(news);
    return () -> listeners.remove(news);
  }

  /** The host of this name; made if it is new. */
  synchronized Kernel kernel(String host) {
    return kernels.computeIfAbsent(host, Kernel::new);
  }

  /** Plugs a new, empty disk in. */
  public synchronized void addDisk(String host, String path, long bytes) {
    kernel(host).disks.put(path, new Disk(path, bytes));
  }

  /** This host reaches none of the others anymore. */
  public synchronized void isolate(String host) {
    kernels.keySet().stream()
        .filter(other -> !other.equals(host))
        .forEach(other -> cuts.add(link(host, other)));
    settle();
  }

  /** All reach each other. */
  public synchronized void heal() {
    cuts.clear();
    settle();
  }

  public synchronized void crash(String host) {
    kernel(host).crash();
    settle();
  }

  /** The host runs again, with its disks and nothing else. */
  public synchronized void boot(String host) {
    kernel(host).up = true;
    kernel(host).frozen = false;
    settle();
  }

  /** The host stands still, and is not heard of. */
  public synchronized void freeze(String host, boolean frozen) {
    kernel(host).frozen = frozen;
    settle();
  }

  /** The next so many calls on this host do not come back within their bound. */
  public synchronized void hang(String host, int calls) {
    kernel(host).hangs = calls;
  }

  /** A process opens the device, or closes it. */
  public synchronized void open(String host, String resource, boolean open) {
    Optional.ofNullable(kernel(host).resources.get(resource))
            .orElseThrow(() -> new IllegalArgumentException(host + " has no " + resource))
            .open =
        open;
  }

  /** The disk fails: the kernel detaches it. */
  public synchronized void failDisk(String host, String resource) {
    kernel(host).resources.get(resource).disk = Optional.empty();
    settle();
  }

  /** Whether I/O goes through on this host: it is primary, has quorum and reaches the data. */
  public synchronized boolean serves(String host, String resource) {
    Resource r = kernel(host).works() ? kernel(host).resources.get(resource) : null;
    return r != null
        && r.primary
        && r.quorum
        && !r.suspendedByUser
        && (r.upToDate() || upToDateConnected(kernel(host), r).findAny().isPresent());
  }

  /** Whether the host has quorum for this resource, whatever its role. */
  public synchronized boolean quorum(String host, String resource) {
    Resource r = kernel(host).works() ? kernel(host).resources.get(resource) : null;
    return r != null && r.quorum;
  }

  /** Resyncs go on for so long. */
  public synchronized void pass(long millis) {
    settle();
    for (Kernel kernel : kernels.values()) {
      for (Resource r : kernel.resources.values()) {
        for (Peer peer : r.peers.values()) {
          if (kernel.works()
              && peer.connected()
              && peer.toReceive > 0
              && !paused(kernel, r, peer)) {
            peer.toReceive = Math.max(0, peer.toReceive - millis * kibPerSecond / 1000);
            if (peer.toReceive == 0) {
              changed.add(r.name);
              synced(kernel, r, peer);
            }
          }
        }
      }
    }
    settle();
  }

  boolean paused(Kernel kernel, Resource r, Peer peer) {
    return peer.paused || back(kernel, r, peer).paused;
  }

  private void synced(Kernel kernel, Resource r, Peer peer) {
    Resource source = other(kernel, r, peer);
    if (r.disk.isPresent() && source.disk.isPresent()) {
      r.disk.get().becomeLike(source.disk.get());
      source.disk.get().missed.remove(r.nodeId);
    }
  }

  /** The resource at the other end of a connection. */
  Resource other(Kernel kernel, Resource r, Peer peer) {
    return find(kernel, r, peer).orElseThrow();
  }

  /** The peer at the other end that stands for this host. */
  Peer back(Kernel kernel, Resource r, Peer peer) {
    return Objects.requireNonNull(other(kernel, r, peer).peers.get(r.nodeId));
  }

  private Optional<Resource> find(Kernel kernel, Resource r, Peer peer) {
    return kernels.values().stream()
        .filter(other -> other != kernel && reaches(kernel, other))
        .map(other -> other.resources.get(r.name))
        .filter(Objects::nonNull)
        .filter(other -> other.nodeId == peer.id && other.peers.containsKey(r.nodeId))
        .filter(other -> pathsMatch(peer, other.peers.get(r.nodeId)))
        .findFirst();
  }

  private static boolean pathsMatch(Peer one, Peer other) {
    return one.paths.stream()
        .anyMatch(path -> other.paths.contains(List.of(path.get(1), path.get(0))));
  }

  private boolean reaches(Kernel one, Kernel other) {
    return one.works() && other.works() && !cuts.contains(link(one.host, other.host));
  }

  private static String link(String one, String other) {
    return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
  }

  /** Whether the host a resource is connected to by this peer is primary. */
  boolean primaryBehind(Resource r, Peer peer) {
    return kernels.values().stream()
        .filter(kernel -> kernel.resources.get(r.name) == r)
        .anyMatch(kernel -> other(kernel, r, peer).primary);
  }

  Stream<Resource> upToDateConnected(Kernel kernel, Resource r) {
    return r.peers.values().stream()
        .filter(Peer::connected)
        .map(peer -> other(kernel, r, peer))
        .filter(Resource::upToDate);
  }

  /** What follows from what has happened, until nothing more does. */
  void settle() {
    Set<String> all = new TreeSet<>();
    kernels.values().forEach(kernel -> all.addAll(kernel.resources.keySet()));
    all.forEach(this::settle);
  }

  /** The same for what has happened to the resources of one name: others do not notice. */
  void settle(String name) {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      boolean again = false;
      for (Kernel kernel : kernels.values()) {
        for (Resource r : of(kernel, name)) {
          for (Peer peer : r.peers.values()) {
            again |= noted(r, connection(kernel, r, peer));
          }
          again |= noted(r, slots(r));
        }
      }
      // Quorum first: what is lost with a connection is lost before anything more is written.
      again |= quorums(name);
      again |= data(name);
      if (!again) {
        tell();
        return;
      }
    }
    throw new IllegalStateException("the hosts do not come to rest");
  }

  private static List<Resource> of(Kernel kernel, String name) {
    return Optional.ofNullable(kernel.resources.get(name)).stream().toList();
  }

  private boolean noted(Resource r, boolean happened) {
    if (happened) {
      changed.add(r.name);
    }
    return happened;
  }

  private void tell() {
    for (String name : changed) {
      listeners.forEach(listener -> listener.accept(name));
    }
    changed.clear();
  }

  private boolean connection(Kernel kernel, Resource r, Peer peer) {
    Optional<Resource> other = find(kernel, r, peer);
    if (peer.connected()) {
      boolean stays = other.filter(o -> o.peers.get(r.nodeId).connected()).isPresent();
      if (!stays) {
        peer.state = Peer.State.CONNECTING;
        peer.toReceive = 0;
        return true;
      }
      return false;
    }
    boolean both =
        peer.state == Peer.State.CONNECTING
            && other.isPresent()
            && other.get().peers.get(r.nodeId).state == Peer.State.CONNECTING
            && r.minor.isPresent()
            && other.get().minor.isPresent();
    return both && new Handshake(this, r, peer, other.get()).connect();
  }

  /** A peer with a disk, or one that is about to have one, gets a bitmap. */
  private static boolean slots(Resource r) {
    boolean changed = false;
    if (r.disk.isPresent()) {
      for (Peer peer : r.peers.values()) {
        changed |= peer.bitmap() && r.disk.get().slots.add(peer.id);
        changed |= !peer.bitmap() && r.disk.get().slots.remove(peer.id);
      }
    }
    return changed;
  }

  /** A resync begins where one side lacks what the other has; writes begin a new generation. */
  private boolean data(String name) {
    boolean again = false;
    for (Kernel kernel : kernels.values()) {
      for (Resource r : of(kernel, name)) {
        again |= noted(r, resync(kernel, r));
        if (kernel.works() && r.primary && r.quorum) {
          again |= noted(r, write(kernel, r));
        }
      }
    }
    return again;
  }

  private boolean resync(Kernel kernel, Resource r) {
    if (r.disk.isEmpty() || r.upToDate()) {
      return false;
    }
    boolean running =
        r.peers.values().stream().anyMatch(peer -> peer.connected() && peer.toReceive > 0);
    if (running) {
      return false;
    }
    for (Peer peer : r.peers.values()) {
      if (peer.connected() && other(kernel, r, peer).upToDate()) {
        Disk disk = r.disk.get();
        boolean empty = disk.generation == Disk.JUST_CREATED;
        peer.toReceive = empty ? disk.size / 1024 : SHORT_ABSENCE;
        disk.inconsistent = true;
        return true;
      }
    }
    return false;
  }

  private boolean write(Kernel kernel, Resource r) {
    List<Disk> written = new ArrayList<>();
    Set<Integer> there = new HashSet<>();
    if (r.upToDate()) {
      written.add(r.disk.orElseThrow());
      there.add(r.nodeId);
    }
    upToDateConnected(kernel, r)
        .forEach(
            other -> {
              written.add(other.disk.orElseThrow());
              there.add(other.nodeId);
            });
    Set<Integer> missing = new HashSet<>();
    written.forEach(disk -> missing.addAll(disk.slots));
    missing.removeAll(there);
    boolean fresh = written.stream().anyMatch(disk -> !disk.missed.containsAll(missing));
    if (fresh) {
      long next = generations++;
      for (Disk disk : written) {
        disk.begin(next);
        disk.missed.addAll(missing);
      }
    }
    return fresh;
  }

  /** The number of a generation nobody has had. */
  long nextGeneration() {
    return generations++;
  }

  private boolean quorums(String name) {
    boolean again = false;
    for (Kernel kernel : kernels.values()) {
      for (Resource r : of(kernel, name)) {
        boolean now =
            r.minor.isPresent()
                && new Votes(r, peer -> other(kernel, r, peer), oneDefeatsTies).quorum();
        again |= noted(r, now != r.quorum);
        r.quorum = now;
      }
    }
    return again;
  }
}

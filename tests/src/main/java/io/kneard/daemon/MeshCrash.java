package io.kneard.daemon;

import io.kneard.drbdstandin.Hosts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * One crash in the life of a volume: the process that does the given one of the things that are
 * done meanwhile dies, and is started again. While things are done it is watched that nobody uses
 * the volume beside another, and that who uses it is not interrupted.
 */
final class MeshCrash {
  /** Which process dies. */
  enum Who {
    /** The part of the daemon that cares for volumes, controller and agent; before a command. */
    DAEMON,
    /** The database's process of that host, with the lead if it has it. */
    DATABASE
  }

  /** Commands that change nothing. */
  private static final Pattern LOOK =
      Pattern.compile(" (show|status|read-dev-uuid|dump-md) |^(blkid|drbdadm) ");

  private static final List<String> HOSTS = List.of("a", "b", "c");

  private final MeshCluster cluster;
  private final String resource;
  private final Who who;
  private final int after;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<String> used = new AtomicReference<>("");
  private final AtomicReference<String> violation = new AtomicReference<>("");
  private final AtomicReference<String> place = new AtomicReference<>("");
  private final Runnable end;
  private volatile CompletableFuture<Void> restarted = CompletableFuture.completedFuture(null);

  /**
   * @param after so many things; negative: never
   */
  MeshCrash(MeshCluster cluster, String volume, Who who, int after) {
    this.cluster = cluster;
    this.resource = "kneard-" + volume;
    this.who = who;
    this.after = after;
    this.end = cluster.watchAll(this::happens);
  }

  /** From now on I/O of this host must not stop. */
  void usedOn(String host) {
    used.set(host);
  }

  /** From now on nobody is promised anything. */
  void unused() {
    used.set("");
  }

  private boolean happens(String host, String what) {
    if (LOOK.matcher(what).find()) {
      return false;
    }
    watch(what);
    if (done.getAndIncrement() != after) {
      return false;
    }
    place.set("%s dies on %s at %s".formatted(who, host, what));
    restarted =
        CompletableFuture.runAsync(
            () -> {
              if (who == Who.DAEMON) {
                cluster.restartVolumes(host);
              } else {
                cluster.killDatabase(host);
              }
            });
    return who == Who.DAEMON;
  }

  private void watch(String what) {
    Hosts kernels = cluster.kernels();
    List<String> serving = HOSTS.stream().filter(host -> kernels.serves(host, resource)).toList();
    String user = used.get();
    if (serving.size() > 1) {
      violation.compareAndSet("", "before %s it is served by %s".formatted(what, serving));
    }
    if (!user.isEmpty() && !serving.contains(user)) {
      violation.compareAndSet("", "before %s I/O stands still on %s".formatted(what, user));
    }
  }

  /** How many things were done. */
  int done() {
    return done.get();
  }

  /** Where it was; empty if it has not come to it. */
  String place() {
    return place.get();
  }

  /** Ends the watch; says what was wrong. */
  Optional<String> end() {
    end.run();
    restarted.join();
    return Optional.of(violation.get()).filter(said -> !said.isEmpty());
  }
}

package io.kneard.chaos;

import io.kneard.testbed.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One fault after the other, several at a time, drawn from a seed; each storm has some kinds only,
 * so that they meet. In between it does what the service manager does: a daemon that has ended is
 * started again.
 */
final class Storm implements AutoCloseable {
  private static final EnumSet<Kind> COMMANDS =
      EnumSet.of(Kind.RELOAD, Kind.PAUSE, Kind.MAINTENANCE, Kind.SWITCHOVER);
  private static final long TICK_MILLIS = 20;

  private record Due(long at, String what, Optional<String> taken, Mischief.Cure cure) {}

  private final Cluster cluster;
  private final Mischief mischief;
  private final SplittableRandom random;
  private final Story story;
  private final List<Operator> operators = new ArrayList<>();
  private final List<ThreadPoolExecutor> threads = new ArrayList<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
  private final Set<String> taken = new HashSet<>();
  private final long[] restartAt = new long[Cluster.HOSTS];

  Storm(Cluster cluster, Mischief mischief, long seed, Story story) {
    this.cluster = cluster;
    this.mischief = mischief;
    this.random = new SplittableRandom(seed);
    this.story = story;
    for (HostProcess host : cluster.hosts) {
      operators.add(new Operator(host, cluster.chain, story));
      threads.add(
          new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>())); // or none
    }
  }

  List<Operator> operators() {
    return operators;
  }

  /** Lets it rage for that long, and then undoes what is not undone yet. */
  void rage(long seconds) throws IOException, InterruptedException {
    List<Kind> kinds = kinds();
    story.say("storm", "for %d s: %s", seconds, kinds);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long next = System.nanoTime();
    while (System.nanoTime() - end < 0) {
      if (System.nanoTime() - next >= 0) {
        act(kinds.get(random.nextInt(kinds.size())));
        next = System.nanoTime() + scaled(100, 5_000);
      }
      tick();
    }
    while (!due.isEmpty()) {
      undo(due.poll());
    }
  }

  private List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    double share = 0.2 + 0.4 * random.nextDouble();
    for (Kind kind : Kind.values()) {
      if (mischief.can(kind) && random.nextDouble() < share) {
        kinds.add(kind);
      }
    }
    return kinds.isEmpty() ? List.of(Kind.DAEMON_KILLED) : kinds;
  }

  private void act(Kind kind) throws IOException, InterruptedException {
    int host = target();
    int other = (host + 1 + random.nextInt(Cluster.HOSTS - 1)) % Cluster.HOSTS;
    long length = scaled(100, 30_000);
    if (COMMANDS.contains(kind)) {
      command(kind, host, length);
      return;
    }
    String what = Mischief.touches(kind) + " " + host;
    if (taken.contains(what) || restartAt[host] != 0) {
      return;
    }
    Mischief.Cure cure = mischief.strike(kind, host, other);
    if (cure == Mischief.Cure.NONE) {
      story.say(name(host), "%s", kind.text);
      return;
    }
    story.say(name(host), "%s, for %.2f s", kind.text, length / 1e9);
    taken.add(what);
    due.add(
        new Due(System.nanoTime() + length, name(host) + " " + kind.text, Optional.of(what), cure));
  }

  /** More often than not the host that signs, which is where it matters. */
  private int target() throws IOException {
    int any = random.nextInt(Cluster.HOSTS);
    if (random.nextInt(5) >= 3) {
      return any;
    }
    for (int i = 0; i < Cluster.HOSTS; i++) {
      if (Files.exists(cluster.hosts.get(i).home().slot())) {
        return i;
      }
    }
    return any;
  }

  private void command(Kind kind, int host, long length) {
    Operator operator = operators.get(host);
    try {
      threads.get(host).execute(() -> give(operator, kind));
    } catch (RejectedExecutionException e) {
      return; // the one before is not answered yet
    }
    story.say(name(host), "%s", kind.text);
    if (kind == Kind.PAUSE) {
      due.add(
          new Due(
              System.nanoTime() + length,
              name(host) + " asked to resume",
              Optional.empty(),
              () -> resume(host, operator)));
    }
  }

  private void give(Operator operator, Kind kind) {
    try {
      operator.give(kind);
    } catch (IOException e) {
      story.say("test", "%s: %s", kind, e);
    }
  }

  private void resume(int host, Operator operator) {
    try {
      threads.get(host).execute(operator::resume);
    } catch (RejectedExecutionException e) {
      story.say(name(host), "cannot be asked to resume now"); // it is before the calm
    }
  }

  /** Undoes what is due, and starts daemons that have ended. */
  void tick() throws IOException, InterruptedException {
    while (!due.isEmpty() && System.nanoTime() - due.peek().at() >= 0) {
      undo(due.poll());
    }
    for (int i = 0; i < Cluster.HOSTS; i++) {
      HostProcess host = cluster.hosts.get(i);
      if (host.daemon() != null && host.daemon().alive()) {
        restartAt[i] = 0;
      } else if (restartAt[i] == 0) {
        restartAt[i] = System.nanoTime() + scaled(200, 3_000);
      } else if (System.nanoTime() - restartAt[i] >= 0) {
        host.start();
        restartAt[i] = 0;
      }
    }
    TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
  }

  private void undo(Due each) throws IOException, InterruptedException {
    story.say("", "over: %s", each.what());
    each.taken().ifPresent(taken::remove);
    each.cure().apply();
  }

  private String name(int host) {
    return cluster.hosts.get(host).name();
  }

  /** Between two times, each power of ten as likely as the next; in nanoseconds. */
  private long scaled(int lowMillis, int highMillis) {
    double factor = Math.pow((double) highMillis / lowMillis, random.nextDouble());
    return (long) (lowMillis * factor * 1e6);
  }

  @Override
  public void close() {
    threads.forEach(ThreadPoolExecutor::shutdownNow); // a command has a bound of its own
  }
}

package io.kneard.chaos;

import io.kneard.ctl.api.ControlException;
import io.kneard.ledger.Ledger;
import io.kneard.ledger.LedgerCheck;
import io.kneard.ledger.Verdict;
import io.kneard.lock.LockTiming;
import io.kneard.standin.Chain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code tests/chaos}: exit status 0 all held, 1 two signed at once, a command was lost or nobody
 * signed in the calm, 2 wrong arguments.
 */
public final class ChaosMain {
  private static final long LONGEST_STORM_SECONDS = 40;
  private static final int SET_UPS = 3;

  /** Longer ones are told of, with the time in which they were. */
  private static final double LONG_GAP_SECONDS = 10;

  private static final int LONGEST_MINUTES = 7 * 24 * 60;

  /**
   * Within how long of the last fault's end somebody signs: a session expires, or a neard that
   * cannot be started is tried again; then a new leader of Consul, an earlier holder that has to be
   * quiet, and programs that start, on a machine that does much else.
   */
  private static final long RECOVERY_SECONDS =
      Math.max(2 * LockTiming.FAST.ttl().toSeconds(), 30)
          + 10
          + LockTiming.FAST.quietAfter().toSeconds()
          + 30;

  private final double minutes;
  private final long seed;
  private final Backend backend;
  private final Path root;
  private final Story story = new Story(System.out);
  private double worstCalm;

  private ChaosMain(double minutes, long seed, Backend backend) throws IOException {
    this.minutes = minutes;
    this.seed = seed;
    this.backend = backend;
    this.root = Files.createTempDirectory("kneard-chaos-");
  }

  /** Arguments: {@code --minutes N [--seed S] [--lock consul|embedded]}. */
  public static void main(String[] args) throws Exception {
    double minutes = 5;
    long seed = System.nanoTime() & Integer.MAX_VALUE;
    Backend backend = Backend.CONSUL;
    try {
      for (int i = 0; i < args.length; i += 2) {
        String value = i + 1 < args.length ? args[i + 1] : "";
        switch (args[i]) {
          case "--minutes" -> minutes = Double.parseDouble(value);
          case "--seed" -> seed = Long.parseLong(value);
          case "--lock" -> backend = Backend.valueOf(value.toUpperCase(Locale.ROOT));
          default -> throw new IllegalArgumentException(args[i] + ": not understood");
        }
      }
      if (!(minutes >= 1) || minutes > LONGEST_MINUTES) {
        throw new IllegalArgumentException(
            "--minutes " + minutes + ": from 1 to " + LONGEST_MINUTES);
      }
    } catch (IllegalArgumentException e) {
      System.err.println("chaos: " + e.getMessage());
      System.err.println("usage: tests/chaos [--minutes N] [--seed S] [--lock consul|embedded]");
      System.exit(2);
    }
    System.exit(new ChaosMain(minutes, seed, backend).run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    System.out.printf("seed %d, lock %s, %s%n", seed, backend, root);
    Cluster cluster = setUp();
    Thread cleaner = new Thread(() -> close(cluster));
    Runtime.getRuntime().addShutdownHook(cleaner);
    boolean held;
    try (Storm storm = new Storm(cluster, seed, story)) {
      held = play(cluster, storm);
    }
    Runtime.getRuntime().removeShutdownHook(cleaner);
    if (!held) {
      System.out.println("ledger and logs are kept in " + root);
    }
    close(cluster);
    if (held) {
      delete();
    }
    return held;
  }

  /**
   * A cluster that can be used. What keeps the lock is ready within two minutes or not at all, for
   * example because a port was taken meanwhile: then all is begun once more.
   */
  private Cluster setUp() throws IOException, InterruptedException {
    for (int i = 1; ; i++) {
      Path folder = Files.createDirectory(root.resolve("net-" + i));
      try {
        return Cluster.start(folder, backend);
      } catch (IOException e) {
        if (i == SET_UPS) {
          throw e;
        }
        story.say("test", "is set up once more: %s", e.getMessage());
      }
    }
  }

  private boolean play(Cluster cluster, Storm storm) throws Exception {
    limits(cluster);
    SplittableRandom lengths = new SplittableRandom(seed);
    boolean signed = calm(cluster, storm, 2 * RECOVERY_SECONDS); // all programs start
    long end = System.nanoTime() + (long) (minutes * TimeUnit.MINUTES.toNanos(1));
    while (signed && System.nanoTime() - end < 0) {
      long left = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime()) + 1;
      storm.rage(
          Math.min(left, lengths.nextLong(LONGEST_STORM_SECONDS / 4, LONGEST_STORM_SECONDS)));
      signed = calm(cluster, storm, RECOVERY_SECONDS);
    }
    return judge(cluster, storm) && signed;
  }

  private void limits(Cluster cluster) {
    if (!cluster.lan.cuts()) {
      story.say("test", "no network namespaces: hosts are not cut from each other");
    } else if (!cluster.lan.slows()) {
      story.say("test", "this kernel has no netem: no network is slow or loses packets");
    }
    if (cluster.homes.isEmpty()) {
      story.say("test", "no file systems can be mounted: no disk is full");
    }
  }

  /** Everything is well again: pauses end, and somebody signs within a bound. */
  private boolean calm(Cluster cluster, Storm storm, long bound)
      throws IOException, InterruptedException {
    long healed = Chain.uptimeMillis();
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(bound);
    boolean resumed = false;
    while (System.nanoTime() - giveUp < 0) {
      storm.tick();
      resumed = resumed || storm.operators().stream().allMatch(Operator::resume);
      if (resumed && signedSince(cluster, healed)) {
        double after = (Chain.uptimeMillis() - healed) / 1000.0;
        worstCalm = Math.max(worstCalm, after);
        story.say("calm", "somebody signs, at the latest %.1f s after the last fault", after);
        return true;
      }
    }
    story.say("calm", "NOBODY SIGNS for %d s after the last fault", bound);
    return false;
  }

  private static boolean signedSince(Cluster cluster, long millis) throws IOException {
    String ledger = Files.readString(cluster.chain.ledger());
    int last = ledger.lastIndexOf("kind=sign ");
    if (last < 0) {
      return false;
    }
    String line = ledger.substring(ledger.lastIndexOf('\n', last) + 1, last);
    return Long.parseLong(line.replaceFirst("^clock=(\\d+) .*", "$1")) >= millis;
  }

  private boolean judge(Cluster cluster, Storm storm) throws IOException {
    int done = 0;
    int lost = 0;
    for (Operator operator : storm.operators()) {
      try {
        operator.judgePlans();
      } catch (ControlException e) {
        story.say("test", "a plan cannot be judged: %s", e.getMessage());
      }
      done += operator.done();
      lost += operator.lost();
    }
    Verdict verdict = Ledger.judge(cluster.chain.ledger());
    Gaps gaps = Gaps.of(Files.readString(cluster.chain.ledger()));
    System.out.print(LedgerCheck.text(verdict));
    for (Gaps.Gap gap : gaps.longerThan(LONG_GAP_SECONDS)) {
      System.out.printf(
          Locale.ROOT,
          "a gap of %.1f s, from %.2f s to %.2f s%n",
          gap.seconds(),
          story.at(gap.from()),
          story.at(gap.to()));
    }
    System.out.print(gaps.histogram());
    System.out.printf(
        Locale.ROOT,
        "after the last fault of a storm: %.1f s at most, bound %d s%n",
        worstCalm,
        RECOVERY_SECONDS);
    System.out.printf(
        Locale.ROOT,
        "overlaps=%d gaps=%d worst_gap_s=%.1f commands=%d lost=%d%n",
        verdict.overlaps().size(),
        gaps.count(),
        gaps.worstSeconds(),
        done,
        lost);
    return verdict.oneSignerAtATime() && verdict.unreadable().isEmpty() && lost == 0;
  }

  private static void close(Cluster cluster) {
    try {
      cluster.close();
    } catch (IOException e) {
      System.err.println("chaos: not everything could be cleaned up: " + e);
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}

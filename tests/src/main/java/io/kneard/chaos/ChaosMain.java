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

  private final long minutes;
  private final long seed;
  private final Path root;
  private final Story story = new Story(System.out);

  private ChaosMain(long minutes, long seed) throws IOException {
    this.minutes = minutes;
    this.seed = seed;
    this.root = Files.createTempDirectory("kneard-chaos-");
  }

  /** Arguments: {@code --minutes N [--seed S]}. */
  public static void main(String[] args) throws Exception {
    long minutes = 5;
    long seed = System.nanoTime() & Integer.MAX_VALUE;
    try {
      for (int i = 0; i < args.length; i += 2) {
        String value = i + 1 < args.length ? args[i + 1] : "";
        switch (args[i]) {
          case "--minutes" -> minutes = Long.parseLong(value);
          case "--seed" -> seed = Long.parseLong(value);
          default -> throw new IllegalArgumentException(args[i] + ": not understood");
        }
      }
      if (minutes < 1) {
        throw new IllegalArgumentException("--minutes " + minutes + ": at least 1");
      }
    } catch (IllegalArgumentException e) {
      System.err.println("chaos: " + e.getMessage());
      System.err.println("usage: tests/chaos [--minutes N] [--seed S]");
      System.exit(2);
    }
    System.exit(new ChaosMain(minutes, seed).run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    System.out.printf("seed %d, %s%n", seed, root);
    Cluster cluster = Cluster.start(root);
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

  private boolean play(Cluster cluster, Storm storm) throws Exception {
    limits(cluster);
    SplittableRandom lengths = new SplittableRandom(seed);
    boolean signed = calm(cluster, storm);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    while (signed && System.nanoTime() - end < 0) {
      long left = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime()) + 1;
      storm.rage(
          Math.min(left, lengths.nextLong(LONGEST_STORM_SECONDS / 4, LONGEST_STORM_SECONDS)));
      signed = calm(cluster, storm);
    }
    return judge(cluster, storm) && signed;
  }

  private void limits(Cluster cluster) {
    if (!cluster.lan.cuts()) {
      story.say("test", "no network namespaces: hosts are cut from their Consul server only");
    } else if (!cluster.lan.slows()) {
      story.say("test", "this kernel has no netem: no network is slow or loses packets");
    }
    if (cluster.homes.isEmpty()) {
      story.say("test", "no file systems can be mounted: no disk is full");
    }
  }

  /** Everything is well again: pauses end, and somebody signs within a bound. */
  private boolean calm(Cluster cluster, Storm storm) throws IOException, InterruptedException {
    long healed = Chain.uptimeMillis();
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(RECOVERY_SECONDS);
    boolean resumed = false;
    while (System.nanoTime() - giveUp < 0) {
      storm.tick();
      resumed = resumed || storm.operators().stream().allMatch(Operator::resume);
      if (resumed && signedSince(cluster, healed)) {
        double after = (Chain.uptimeMillis() - healed) / 1000.0;
        story.say("calm", "somebody signs, at the latest %.1f s after the last fault", after);
        return true;
      }
    }
    story.say("calm", "NOBODY SIGNS for %d s after the last fault", RECOVERY_SECONDS);
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
    System.out.print(gaps.histogram());
    System.out.printf(
        Locale.ROOT,
        "overlaps=%d gaps=%d worst_gap_s=%.1f commands=%d lost=%d%n",
        verdict.overlaps().size(),
        gaps.millis().size(),
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

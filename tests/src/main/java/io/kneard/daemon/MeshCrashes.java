package io.kneard.daemon;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Crashes between any two things that are done for a volume, each in a life of its own. Lives are
 * played on several clusters at once, one after the other on each, because most of their time they
 * wait. A cluster with a violation is not used again: what comes after would say nothing.
 */
final class MeshCrashes {
  /** After so many it is known that something is wrong. */
  private static final int ENOUGH = 3;

  private static final int PROGRESS = 20;

  private final Path folder;
  private final int every;
  private final Consumer<String> says;
  private final long begun = System.nanoTime();
  private final Duration limit;
  private final List<String> violations = new ArrayList<>();
  private int lives;
  private int clusters;
  private int crashes;
  private int things;
  private boolean over;

  /**
   * @param every a crash after every so many things
   * @param limit after it no life is begun, and what was not reached is a violation
   * @param says is told how far it is
   */
  MeshCrashes(Path folder, int every, Duration limit, Consumer<String> says) {
    this.folder = folder;
    this.every = every;
    this.limit = limit;
    this.says = says;
  }

  /**
   * What was found.
   *
   * @param crashes so many processes died
   * @param things so much was done, in all lives
   */
  record Found(int crashes, int things, List<String> violations) {
    Found {
      violations = List.copyOf(violations);
    }
  }

  /** Who dies after how many things, in which life. */
  private record Point(String life, MeshCrash.Who who, int after) {}

  /** Searches on so many clusters at once. */
  Found search(int atOnce) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        all.add(threads.submit(this::play));
      }
      for (Future<?> one : all) {
        one.get();
      }
      return found();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private void play() {
    while (!over()) {
      try (MeshCluster cluster = new MeshCluster(nextFolder(), "a", "b", "c")) {
        boolean whole = true;
        while (whole && !over()) {
          Point point = next();
          whole = noted(point, MeshStory.play(cluster, point.life(), point.who(), point.after()));
        }
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        violated("a cluster fails: " + e);
      }
    }
  }

  private synchronized void violated(String what) {
    violations.add(what);
    over |= violations.size() >= ENOUGH;
  }

  private synchronized boolean over() {
    return over;
  }

  private synchronized Found found() {
    return new Found(crashes, things, violations);
  }

  private synchronized Path nextFolder() {
    return folder.resolve("cluster-" + clusters++);
  }

  private synchronized Point next() {
    MeshCrash.Who[] all = MeshCrash.Who.values();
    int number = lives++;
    return new Point("life-" + number, all[number % all.length], number / all.length * every);
  }

  /** Says whether its cluster can be used again. */
  private synchronized boolean noted(Point point, MeshStory.Outcome outcome) {
    things += outcome.done();
    crashes += outcome.place().isEmpty() ? 0 : 1;
    outcome.violation().ifPresent(why -> violated(point + ": " + outcome));
    long taken = System.nanoTime() - begun;
    // A life that ends before its crash: there is nothing later than that.
    boolean all = outcome.place().isEmpty() && outcome.violation().isEmpty();
    if (!over && !all && taken >= limit.toNanos()) {
      violated("not within %s: crashes after %d things".formatted(limit, point.after()));
    }
    over |= all || taken >= limit.toNanos();
    if (crashes % PROGRESS == 0 || outcome.violation().isPresent()) {
      says.accept(
          "%d crashes, %d violations, %d s"
              .formatted(crashes, violations.size(), Duration.ofNanos(taken).toSeconds()));
    }
    return outcome.violation().isEmpty();
  }
}

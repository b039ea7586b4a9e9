package io.kneard.testbed;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for what happens by itself, outside of tests as well. */
public final class Await {
  /** Much more than it takes, also on a machine with much else to do. */
  public static final Duration SOON = Duration.ofSeconds(90);

  private static final long PAUSE_MILLIS = 20;

  private Await() {}

  /** What is waited for; what it throws counts as not yet. */
  public interface Condition {
    /** Whether it is so. */
    boolean holds() throws Exception;
  }

  /** Waits until it is so. */
  public static void until(String what, Condition condition) throws InterruptedException {
    until(() -> "not within " + SOON + ": " + what, condition);
  }

  /**
   * Waits until it is so.
   *
   * @param otherwise what to say if it does not come
   */
  public static void until(Supplier<String> otherwise, Condition condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() - deadline >= 0) {
        throw new AssertionError(otherwise.get());
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static boolean holds(Condition condition) throws InterruptedException {
    try {
      return condition.holds();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return false;
    }
  }
}

package io.kneard.simulation;

import java.util.Arrays;

/** Virtual time: what happens next, and when. What happens at one time happens in order. */
final class Timeline {
  /** Room for four million events of a schedule below 36 minutes, in one comparable number. */
  private static final int COUNT_BITS = 22;

  private long[] keys = new long[256];
  private Actor[] actors = new Actor[256];
  private Runnable[] steps = new Runnable[256];
  private int size;
  private long count;
  private long now;
  private long hash = 1;
  private boolean ended;

  long now() {
    return now;
  }

  /** How many events have happened. */
  long count() {
    return count;
  }

  /** A number that two runs share only if the same happened at the same times. */
  long hash() {
    return hash;
  }

  void note(long what) {
    hash = (hash ^ what) * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 29;
  }

  /**
   * Has a step done later.
   *
   * @param who does it, and therefore only while it lives and is not frozen; null for the world
   *     itself
   */
  void at(long time, Actor who, Runnable step) {
    if (time < now) {
      throw new IllegalArgumentException("at %d ns, already %d ns".formatted(time, now));
    }
    if (ended) {
      return;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      actors = Arrays.copyOf(actors, 2 * size);
      steps = Arrays.copyOf(steps, 2 * size);
    }
    long key = time << COUNT_BITS | count++;
    int at = size++;
    while (at > 0 && keys[(at - 1) >> 1] > key) {
      move((at - 1) >> 1, at);
      at = (at - 1) >> 1;
    }
    put(at, key, who, step);
  }

  /** Runs what happens until a time. */
  void run(long until) {
    long last = until << COUNT_BITS | ((1L << COUNT_BITS) - 1);
    while (size > 0 && keys[0] <= last) {
      long key = keys[0];
      Actor who = actors[0];
      Runnable step = steps[0];
      pop();
      now = key >>> COUNT_BITS;
      note(key);
      long ready = who == null ? now : who.readyAt(now);
      if (ready == now) {
        step.run();
      } else if (ready > now) {
        at(ready, who, step);
      }
    }
    if (!ended) {
      now = Math.max(now, until);
    }
  }

  /** Nothing more happens. */
  void end() {
    ended = true;
    size = 0;
  }

  private void pop() {
    int last = --size;
    long key = keys[last];
    Actor who = actors[last];
    Runnable step = steps[last];
    steps[last] = null;
    actors[last] = null;
    if (last == 0) {
      return;
    }
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= last) {
        break;
      }
      if (child + 1 < last && keys[child + 1] < keys[child]) {
        child++;
      }
      if (keys[child] >= key) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(at, key, who, step);
  }

  private void move(int from, int to) {
    put(to, keys[from], actors[from], steps[from]);
  }

  private void put(int at, long key, Actor who, Runnable step) {
    keys[at] = key;
    actors[at] = who;
    steps[at] = step;
  }
}

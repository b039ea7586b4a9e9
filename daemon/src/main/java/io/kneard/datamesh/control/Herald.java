package io.kneard.datamesh.control;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Spreads the word that something about volumes has changed: on this host always, to the others
 * once in a while, since who was told watches closely for longer than that. For any number of
 * threads.
 */
public final class Herald {
  /** Less than {@link Attention#AWAKE}, or others would fall asleep in the middle. */
  private static final Duration APART = Duration.ofSeconds(1);

  private final Runnable tellOthers;
  private final LongSupplier nanos;
  private final List<Runnable> here = new CopyOnWriteArrayList<>();
  private final AtomicLong nextAt;

  /**
   * @param tellOthers tells the other hosts; must not block
   * @param nanos a clock that only goes forward
   */
  public Herald(Runnable tellOthers, LongSupplier nanos) {
    this.tellOthers = tellOthers;
    this.nanos = nanos;
    this.nextAt = new AtomicLong(nanos.getAsLong());
  }

  /** Who is told on this host; must be quick. */
  public void tells(Runnable listener) {
    here.add(listener);
  }

  /** This host has changed something. */
  public void changed() {
    heard();
    long now = nanos.getAsLong();
    long at = nextAt.get();
    if (now - at >= 0 && nextAt.compareAndSet(at, now + APART.toNanos())) {
      tellOthers.run();
    }
  }

  /** Another host says that something has changed. */
  public void heard() {
    here.forEach(Runnable::run);
  }
}

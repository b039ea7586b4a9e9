package io.kneard.daemon;

import io.kneard.datamesh.api.Attachment;
import io.kneard.drbd.LocalVolume;
import io.kneard.drbd.Tools;
import io.kneard.neard.Uptime;
import io.kneard.supervisor.Event;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The volume that goes with the validator: a thread that orders what the supervisor wants, until it
 * is so, and tells it how the volume is. A host that has nothing to do with it does not look at it.
 */
final class BoundVolume implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoundVolume.class);

  /** From one look to the next, while it is used or about to be. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** The same until it is as it is wanted. */
  private static final Duration SOON = Duration.ofMillis(200);

  /** It is looked at more often for so long after it was ordered otherwise. */
  private static final long EAGER_NANOS = Duration.ofSeconds(15).toNanos();

  /** Between two orders that are the same: the first may have been overruled by hand. */
  private static final long AGAIN_NANOS = Duration.ofSeconds(2).toNanos();

  private static final Duration THREAD_ENDS = Duration.ofSeconds(5);

  private final Attachment attachment;
  private final Tools tools;
  private final String name;
  private final Consumer<Event> tell;
  private final Semaphore news = new Semaphore(0);
  private final Thread thread = Threads.daemon(this::run, "bound-volume");
  private volatile Optional<Boolean> wanted = Optional.empty();
  private Optional<Boolean> ordered = Optional.empty();
  private long orderedAt;
  private volatile long wantedAt;
  private String said = "";

  /** One that does nothing yet. */
  BoundVolume(Attachment attachment, Tools tools, String name, Consumer<Event> tell) {
    this.attachment = attachment;
    this.tools = tools;
    this.name = name;
    this.tell = tell;
  }

  void start() {
    thread.start();
  }

  /** Has it attached here from now on, or detached. */
  void want(boolean attached) {
    wantedAt = System.nanoTime();
    wanted = Optional.of(attached);
    news.release();
  }

  private void run() {
    try {
      while (true) {
        Optional<Boolean> now = wanted;
        if (now.isEmpty()) {
          news.acquire();
          continue;
        }
        boolean settled = attend(now.get());
        if (settled && !now.get()) {
          news.acquire();
        } else {
          boolean eager = !settled && System.nanoTime() - wantedAt < EAGER_NANOS;
          news.tryAcquire((eager ? SOON : LOOK).toMillis(), TimeUnit.MILLISECONDS);
        }
        news.drainPermits();
      }
    } catch (InterruptedException e) {
      LOG.debug("volume {} is not looked at anymore", name);
    }
  }

  /** Says whether it is as it is wanted. */
  private boolean attend(boolean attached) throws InterruptedException {
    long askedAt = Uptime.nanos();
    LocalVolume seen = LocalVolume.look(tools, name);
    boolean due =
        !ordered.equals(Optional.of(attached))
            || (attached != seen.attached() && System.nanoTime() - orderedAt >= AGAIN_NANOS);
    Optional<String> problem = due ? order(attached) : Optional.empty();
    String how = problem.map(why -> seen.how() + "; " + why).orElse(seen.how());
    tell.accept(new Event.VolumeSeen(askedAt, seen.attached(), seen.usable(), how));
    if (!how.equals(said)) {
      LOG.info("volume {}, to be {}: {}", name, attached ? "attached" : "detached", how);
      said = how;
    }
    return problem.isEmpty() && attached == seen.attached();
  }

  private Optional<String> order(boolean attached) {
    Optional<String> problem = attached ? attachment.here() : attachment.nowhere();
    ordered = problem.isEmpty() ? Optional.of(attached) : Optional.empty();
    orderedAt = System.nanoTime();
    return problem;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(THREAD_ENDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

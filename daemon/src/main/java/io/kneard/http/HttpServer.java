package io.kneard.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves what comes in at one {@link Door}, until it is closed. */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /**
   * Threads beyond the connections that are served, which tell the rest that there are too many.
   */
  private static final int REFUSERS = 4;

  /** The daemon has many threads and little memory; requests need shallow stacks. */
  private static final long STACK_BYTES = 256 * 1024;

  private static final Duration IDLE_THREAD = Duration.ofSeconds(10);
  private static final Duration AFTER_A_FAILED_ACCEPT = Duration.ofMillis(200);
  private static final Duration END = Duration.ofSeconds(1);

  private final Door door;
  private final Handler handler;
  private final Limits limits;
  private final Set<Visitor> visitors = ConcurrentHashMap.newKeySet();
  private final AtomicInteger present = new AtomicInteger();
  private final ScheduledThreadPoolExecutor clock;
  private final ThreadPoolExecutor threads;
  private final Thread porter;
  private volatile boolean closed;

  private HttpServer(String name, Door door, Handler handler, Limits limits) {
    this.door = door;
    this.handler = handler;
    this.limits = limits;
    this.clock = new ScheduledThreadPoolExecutor(1, threadsNamed(name + "-alarm"));
    this.clock.setRemoveOnCancelPolicy(true);
    this.threads =
        new ThreadPoolExecutor(
            0,
            limits.connections() + REFUSERS,
            IDLE_THREAD.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            threadsNamed(name));
    this.porter = threadsNamed(name + "-accept").newThread(this::letIn);
  }

  /**
   * Starts to serve.
   *
   * @param name of the threads
   * @param door is closed together with the server
   */
  public static HttpServer start(String name, Door door, Handler handler, Limits limits) {
    HttpServer server = new HttpServer(name, door, handler, limits);
    server.porter.start();
    return server;
  }

  /** Lets nobody in any more and ends what is open, within about a second. */
  @Override
  public void close() {
    closed = true;
    door.close();
    threads.shutdown();
    visitors.forEach(Visitor::hangUp);
    threads.shutdownNow();
    try {
      porter.join(END.toMillis());
      if (!threads.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} requests did not end within {} ms", threads.getActiveCount(), END.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clock.shutdownNow();
    }
  }

  private void letIn() {
    while (!closed) {
      try {
        Optional<Visitor> visitor = door.accept();
        if (visitor.isEmpty()) {
          return;
        }
        hand(visitor.get());
      } catch (IOException | RuntimeException e) {
        LOG.warn("a connection could not be accepted: {}", e.toString());
        pause();
      }
    }
  }

  private void hand(Visitor visitor) {
    visitors.add(visitor);
    boolean busy = present.incrementAndGet() > limits.connections();
    try {
      threads.execute(() -> serve(visitor, busy));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // More than can even be refused, no thread to be had, or the end.
      leave(visitor);
    }
  }

  private void serve(Visitor visitor, boolean busy) {
    Alarm alarm = new Alarm(clock, visitor::hangUp);
    try {
      Conversation conversation = new Conversation(visitor, handler, limits, alarm);
      if (busy) {
        alarm.arm(limits.write());
        conversation.refuse(
            503, limits.connections() + " connections are open: try again, or close some");
      } else {
        conversation.hold();
      }
    } catch (IOException e) {
      LOG.debug("a connection ended: {}", e.toString());
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.error("a connection failed", e);
      }
    } finally {
      alarm.arm(limits.write()); // over TLS, closing says good-bye first
      leave(visitor);
      alarm.disarm();
    }
  }

  private void leave(Visitor visitor) {
    visitors.remove(visitor);
    visitor.close();
    present.decrementAndGet();
  }

  private void pause() {
    try {
      Thread.sleep(AFTER_A_FAILED_ACCEPT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory threadsNamed(String name) {
    return task -> {
      Thread thread = new Thread(null, task, name, STACK_BYTES);
      thread.setDaemon(true);
      return thread;
    };
  }
}

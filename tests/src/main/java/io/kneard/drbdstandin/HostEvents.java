package io.kneard.drbdstandin;

import io.kneard.drbd.Events;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/** The events of stand-in kernels: who listens is told by a thread of its own. */
public final class HostEvents implements Events {
  /** More than happens while one is told; what does not fit is told as news of all. */
  private static final int WAITING = 10_000;

  private final Hosts hosts;

  public HostEvents(Hosts hosts) {
    this.hosts = hosts;
  }

  @Override
  public Listening tell(Consumer<Optional<String>> news) {
    BlockingQueue<Optional<String>> waiting = new ArrayBlockingQueue<>(WAITING);
    Runnable end =
        hosts.listen(
            name -> {
              if (!waiting.offer(Optional.of(name))) {
                waiting.clear();
                waiting.add(Optional.empty());
              }
            });
    Thread thread = new Thread(() -> run(waiting, news), "drbd-events-standin");
    thread.setDaemon(true);
    thread.start();
    return () -> {
      end.run();
      thread.interrupt();
    };
  }

  private static void run(
      BlockingQueue<Optional<String>> waiting, Consumer<Optional<String>> news) {
    try {
      while (true) {
        news.accept(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

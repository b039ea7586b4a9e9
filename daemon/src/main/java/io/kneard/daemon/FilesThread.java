package io.kneard.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What touches neard's files, one after the other. */
final class FilesThread implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ThreadPoolExecutor thread = Threads.one("neard-files");

  /** Something to be done with the files. */
  interface Work {
    void run() throws IOException;
  }

  /** Does it when its turn has come. */
  void execute(Runnable work) {
    thread.execute(work);
  }

  /**
   * Does it when its turn has come, and waits for it.
   *
   * @throws IOException if it failed, or was not done in time; then it is not begun any more, but
   *     may go on if it had begun
   */
  void perform(Work work) throws IOException {
    try {
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                work.run();
                return null;
              });
      thread.execute(task);
      await(task);
    } catch (RejectedExecutionException e) {
      throw new IOException(
          thread.isShutdown()
              ? "the daemon is stopping"
              : "too much waits for neard's files: their disk may hang",
          e);
    }
  }

  private void await(FutureTask<Void> done) throws IOException {
    try {
      done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      done.cancel(false);
      thread.remove(done);
      String what = "neard's files could not be written within %d s";
      throw new IOException(what.formatted(PATIENCE.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the daemon is stopping", e);
    }
  }

  /** What waits is done first, within bounds: the key may be to be removed yet. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }
}

package io.kneard.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What touches neard's files, one after the other. */
final class FilesThread implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ExecutorService thread = Threads.one("neard-files");

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
      Future<?> done =
          thread.submit(
              () -> {
                work.run();
                return null;
              });
      await(done);
    } catch (RejectedExecutionException e) {
      throw new IOException("the daemon is stopping", e);
    }
  }

  private static void await(Future<?> done) throws IOException {
    try {
      done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      done.cancel(false);
      String what = "neard's files could not be written within %d s";
      throw new IOException(what.formatted(PATIENCE.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the daemon is stopping", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

package io.kneard.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member whose cluster was recovered without it, on its way back with a {@link RecoveryArchive}:
 * it joins under its own name and address, and its old data are set aside once it is let in. Until
 * then it asks again and again; its old data are not used, because they may be others.
 */
final class Comeback implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Comeback.class);
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(15);

  /** What is done with a host that is let in, and what is said until then. */
  interface Listener {
    /** The folder is that of a new member now. */
    void back() throws IOException;

    /** It is not, and this is why. */
    void still(String why);
  }

  private final ClusterSettings settings;
  private final StateFolder folder;
  private final StateFolder.Self self;
  private final Listener listener;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "cluster-comeback");

  private Comeback(
      ClusterSettings settings, StateFolder folder, StateFolder.Self self, Listener listener) {
    this.settings = settings;
    this.folder = folder;
    this.self = self;
    this.listener = listener;
    thread.setDaemon(true);
  }

  static Comeback start(
      ClusterSettings settings, StateFolder folder, StateFolder.Self self, Listener listener) {
    Comeback comeback = new Comeback(settings, folder, self, listener);
    comeback.thread.start();
    return comeback;
  }

  private void run() {
    try {
      do {
        if (attempt()) {
          listener.back();
          return;
        }
      } while (!stop.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClusterProblem | IOException | RuntimeException e) {
      String why = folder.archive() + ": " + e.getMessage();
      LOG.error("this host does not come back to its cluster: {}", why);
      listener.still(why);
    }
  }

  /**
   * Asks once.
   *
   * @return whether it was let in; if not, it may be later
   * @throws ClusterProblem if it will not be
   */
  private boolean attempt() throws ClusterProblem, IOException {
    JoinToken token = RecoveryArchive.read(folder.archive()).token(self);
    Joining joining = new Joining(settings, folder, token);
    Joining.Granted granted;
    try {
      granted = joining.apply(self.name(), self.address(), Instant.now());
    } catch (ClusterProblem e) {
      if (e.status() == ClusterProblem.CONFLICT) {
        throw e;
      }
      listener.still("it waits to come back to the recovered cluster: " + e.getMessage());
      return false;
    }
    folder.setAside(Instant.now());
    joining.write(granted);
    Files.delete(folder.archive());
    LOG.info("{} is back in its cluster, which was recovered", self.name());
    return true;
  }

  /** Ends it, unless it is just being let in. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(ENDS_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

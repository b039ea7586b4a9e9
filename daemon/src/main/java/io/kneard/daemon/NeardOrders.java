package io.kneard.daemon;

import io.kneard.neard.FencedProcess;
import io.kneard.neard.KeySlot;
import io.kneard.neard.NeardClient;
import io.kneard.neard.NeardStatus;
import io.kneard.neard.Uptime;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.NeardView;
import io.kneard.supervisor.Order;
import io.kneard.supervisor.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the orders that concern neard.
 *
 * <p>What touches files runs one after the other on one thread. Ends and deadlines do not wait for
 * it: a disk that hangs must not keep a process alive.
 */
final class NeardOrders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NeardOrders.class);
  private static final Duration FENCE_ANSWERS = Duration.ofSeconds(1);

  /** How long a start waits for the end of a neard that an earlier daemon left. */
  private static final Duration EARLIER_ENDS = Duration.ofSeconds(10);

  private final NeardPlace place;
  private final Consumer<Event> tell;
  private final Consumer<String> killed;
  private final FilesThread files = new FilesThread();
  private final ExecutorService status = Threads.one("neard-status");

  private volatile FencedProcess process;
  private volatile NeardClient client;
  private volatile Duration statusTimeout;
  private volatile boolean unwanted;
  private volatile Optional<Long> deadline = Optional.empty();
  private volatile long deadlineTaken;

  /**
   * The performer for one neard home.
   *
   * @param killed hears why neard was sent SIGKILL
   */
  NeardOrders(
      NeardPlace place, Duration statusTimeout, Consumer<Event> tell, Consumer<String> killed) {
    this.place = place;
    this.statusTimeout = statusTimeout;
    this.tell = tell;
    this.killed = killed;
  }

  void start(Order.StartNeard order) {
    unwanted = false;
    deadline = order.deadline();
    files.execute(() -> startNow(order));
  }

  private void startNow(Order.StartNeard order) {
    try {
      prepare(order.role());
      if (client != null) {
        client.close();
      }
      client = new NeardClient(place.rpc());
      FencedProcess started =
          FencedProcess.start(
              place.fence(),
              place.lock().file(),
              order.deadline(),
              place.command(order.role()),
              new Ears());
      process = started;
      if (unwanted) {
        started.kill("it was no longer wanted when it had started");
      } else if (!deadline.equals(order.deadline())) {
        started.deadline(deadline); // ordered while there was nobody to tell
      }
    } catch (IOException e) {
      tell.accept(new Event.NeardExited(-1, "neard was not started: " + e.getMessage()));
    } catch (RuntimeException e) {
      tell.accept(new Event.NeardExited(-1, "neard was not started: " + e));
    }
  }

  /** Nothing in the home is touched as long as another neard uses it. */
  private void prepare(Role role) throws IOException {
    if (!place.lock().isFree(EARLIER_ENDS)) {
      throw new IOException(
          "an earlier neard is still running: %s is locked".formatted(place.lock().file()));
    }
    place.requireSlot();
    if (role == Role.VALIDATOR) {
      place.validatorKey().insert();
    } else {
      place.validatorKey().remove();
    }
    Optional<KeySlot> nodeKey = place.nodeKey(role);
    if (nodeKey.isPresent()) {
      nodeKey.get().replace();
    }
    place.shutdownFiles().forget();
    if (!place.publicAddresses().isEmpty()) {
      place.config().announce(place.publicAddresses(), role == Role.VALIDATOR);
    }
  }

  void terminate(Order.TermNeard order) {
    unwanted = true;
    ifRunning(running -> running.terminate(order.killAt()));
  }

  void kill(Order.KillNeard order) {
    unwanted = true;
    ifRunning(running -> running.kill(order.why()));
  }

  void deadline(Order.SetDeadline order) {
    deadline = order.deadline();
    ifRunning(running -> running.deadline(order.deadline()));
  }

  private void ifRunning(Consumer<FencedProcess> action) {
    FencedProcess running = process;
    if (running != null) {
      action.accept(running);
    }
  }

  /** Sends SIGHUP, so that neard reads its configuration again. */
  void hangUp() {
    ifRunning(FencedProcess::hangUp);
  }

  void insertKey(Order.InsertKey order) {
    FencedProcess target = process;
    files.execute(
        () -> {
          try {
            requireDeadline(order.deadline());
            place.validatorKey().insert();
            signal(target);
            tell.accept(new Event.KeyInserted(Uptime.nanos()));
          } catch (IOException | RuntimeException e) {
            tell.accept(new Event.KeyInsertFailed(String.valueOf(e.getMessage())));
          }
        });
  }

  /** No key goes in before the fence has said that it holds a deadline in the future. */
  private void requireDeadline(long deadline) throws IOException {
    long giveUp = Uptime.nanos() + FENCE_ANSWERS.toNanos();
    while (deadlineTaken < floor(deadline)) {
      if (Uptime.nanos() - giveUp >= 0) {
        throw new IOException(
            "the fence has not taken the deadline within %d ms"
                .formatted(FENCE_ANSWERS.toMillis()));
      }
      Threads.rest(Duration.ofMillis(1));
    }
    if (Uptime.nanos() - deadline >= 0) {
      throw new IOException("the deadline passed before the key was put in place");
    }
  }

  private static long floor(long nanos) {
    return TimeUnit.MILLISECONDS.toNanos(TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private void signal(FencedProcess target) throws IOException {
    if (target == null || target != process) {
      throw new IOException("the process it was meant for has ended");
    }
    target.hangUp();
  }

  void removeKey() {
    FencedProcess target = process;
    files.execute(
        () -> {
          try {
            place.validatorKey().remove();
            signal(target);
            tell.accept(new Event.KeyRemoved(Uptime.nanos()));
          } catch (IOException | RuntimeException e) {
            tell.accept(new Event.KeyRemoveFailed(String.valueOf(e.getMessage())));
          }
        });
  }

  void cleanSlot() {
    files.execute(
        () -> {
          try {
            place.validatorKey().remove();
          } catch (IOException e) {
            // Tried again, and required, before the next start.
            LOG.error("the validator key could not be removed: {}", e.getMessage());
          }
        });
  }

  void forgetPlannedStop() {
    files.execute(
        () -> {
          try {
            forgetShutdown();
          } catch (IOException e) {
            LOG.error("the planned stop could not be taken back: {}", e.getMessage());
          }
        });
  }

  /** Where no height to stop at is left, and neard is told so. */
  void forgetShutdown() throws IOException {
    place.shutdownFiles().forget();
    hangUp();
  }

  /** The thread of everything that touches neard's files. */
  FilesThread files() {
    return files;
  }

  /** The client of the neard that was started last. */
  NeardClient client() throws IOException {
    NeardClient current = client;
    if (current == null) {
      throw new IOException("neard was not started yet");
    }
    return current;
  }

  /** How long one request of {@code /status} may take, from the next one on. */
  void statusTimeout(Duration timeout) {
    statusTimeout = timeout;
  }

  void askStatus() {
    status.execute(() -> tell.accept(look()));
  }

  /**
   * Whatever goes wrong is an answer. Without one the supervisor would never ask again, and a neard
   * that hangs would stay unnoticed: the JDK's client has thrown a null's exception when its
   * connection was cut off at the very moment the answer came.
   */
  private Event look() {
    long askedAt = Uptime.nanos();
    try {
      NeardStatus answer = client.status(statusTimeout);
      return new Event.StatusOk(
          askedAt,
          new NeardView(
              answer.height(), answer.syncing(), answer.validatorPublicKey(), answer.version()));
    } catch (IOException e) {
      return new Event.StatusFailed(e.getMessage());
    } catch (RuntimeException e) {
      return new Event.StatusFailed("/status: " + e);
    }
  }

  /** neard's process id. */
  Optional<Long> pid() {
    FencedProcess running = process;
    return running == null ? Optional.empty() : running.pid();
  }

  /** The last of all: nothing of neard may outlive the daemon. */
  @Override
  public void close() {
    ifRunning(running -> running.kill("the daemon ends"));
    files.close();
    status.shutdownNow();
    if (client != null) {
      client.close();
    }
  }

  private final class Ears implements FencedProcess.Listener {
    @Override
    public void started(long pid) {
      LOG.info("neard runs, pid {}", pid);
      tell.accept(new Event.NeardStarted(pid));
    }

    @Override
    public void deadlineTaken(long deadline) {
      deadlineTaken = deadline;
      tell.accept(new Event.DeadlineTaken(deadline));
    }

    @Override
    public void killed(String why) {
      LOG.warn("neard is killed: {}", why);
      killed.accept(why);
    }

    @Override
    public void exited(int code, String why) {
      LOG.info("neard {}", why);
      tell.accept(new Event.NeardExited(code, why));
    }
  }
}

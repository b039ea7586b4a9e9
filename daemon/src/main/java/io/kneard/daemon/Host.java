package io.kneard.daemon;

import io.kneard.lock.LeaderLock;
import io.kneard.neard.Uptime;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Rules;
import io.kneard.supervisor.Supervision;
import io.kneard.supervisor.Supervisor;
import io.kneard.supervisor.SupervisorLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One host's supervisor with everything it acts upon. */
public final class Host implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Host.class);

  private final NeardOrders neard;
  private final LockOrders lock;
  private final SupervisorLoop loop;

  /**
   * A host that does not run yet.
   *
   * @param statusTimeout of one request of {@code /status}
   * @param runtimeFolder where the session's id is kept
   * @param observer sees every decision, and what came of some
   */
  public Host(
      Rules rules,
      NeardPlace place,
      Duration statusTimeout,
      LeaderLock store,
      Path runtimeFolder,
      HostObserver observer) {
    SessionFile file = new SessionFile(runtimeFolder);
    this.neard = new NeardOrders(place, statusTimeout, this::tell, observer::fenceKilled);
    this.lock = new LockOrders(store, file, this::tell, observer::renewed);
    Supervision initial = Supervision.initial(file.read(), false, Uptime.nanos());
    this.loop =
        new SupervisorLoop(
            new Supervisor(rules),
            initial,
            Uptime::nanos,
            new Orders(neard, lock),
            (before, after, now) -> {
              if (before.state() != after.state()) {
                LOG.info(
                    "{} -> {}: {}", before.state().title(), after.state().title(), after.why());
              }
              observer.decided(before, after, now);
            });
  }

  /** Hands a fact or a wish to the supervisor. */
  public void tell(Event event) {
    loop.tell(event);
  }

  /** What the supervisor knows now. */
  public Supervision current() {
    return loop.current();
  }

  /** neard's process id. */
  public Optional<Long> neardPid() {
    return neard.pid();
  }

  /**
   * Asks neard's {@code /metrics}, on the caller's thread.
   *
   * @throws IOException if it did not answer in time
   */
  public String neardMetrics() throws IOException {
    return neard.metrics();
  }

  /** Runs until the daemon is to end; returns the exit status. */
  public int run() throws InterruptedException {
    return loop.run();
  }

  @Override
  public void close() {
    neard.close();
    lock.close();
  }
}

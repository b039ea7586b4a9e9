package io.kneard.daemon;

import io.kneard.control.StateChanges;
import io.kneard.lock.LeaderLock;
import io.kneard.neard.Uptime;
import io.kneard.operations.MaintainedNeard;
import io.kneard.operations.PauseFile;
import io.kneard.operations.Supervised;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Rules;
import io.kneard.supervisor.Supervision;
import io.kneard.supervisor.Supervisor;
import io.kneard.supervisor.SupervisorLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** One host's supervisor with everything it acts upon. */
public final class Host implements Supervised, AutoCloseable {
  private final NeardOrders neard;
  private final MaintainedNeard maintained;
  private final LockOrders lock;
  private final StateLog log = new StateLog();
  private final SupervisorLoop loop;
  private Optional<BoundVolume> volume = Optional.empty();

  /**
   * A host that does not run yet.
   *
   * @param statusTimeout of one request of {@code /status}
   * @param runtimeFolder where the session's id and a pause are kept
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
    this.neard = new NeardOrders(place, statusTimeout, this::tell, observer::neardKilled);
    this.maintained = new MaintenanceOrders(place, neard);
    this.lock = new LockOrders(store, file, this::tell, observer::renewed);
    boolean paused = new PauseFile(runtimeFolder).read();
    this.loop =
        new SupervisorLoop(
            new Supervisor(rules),
            Supervision.initial(file.read(), paused, Uptime.nanos()),
            new HostClock(),
            new Orders(neard, lock, it -> volume.orElseThrow().want(it)),
            (before, after, now) -> {
              log.decided(before, after, now);
              observer.decided(before, after, now);
            });
  }

  /** Takes the volume that goes with the validator over, before {@link #run}; closes it at last. */
  void bind(BoundVolume bound) {
    volume = Optional.of(bound);
    bound.start();
  }

  @Override
  public void tell(Event event) {
    loop.tell(event);
  }

  @Override
  public Supervision current() {
    return loop.current();
  }

  @Override
  public Optional<Supervision> await(Predicate<Supervision> condition, Duration patience)
      throws InterruptedException {
    return loop.await(condition, patience);
  }

  @Override
  public Optional<Long> neardPid() {
    return neard.pid();
  }

  @Override
  public long now() {
    return Uptime.nanos();
  }

  /** neard, for planned stops. */
  public MaintainedNeard maintained() {
    return maintained;
  }

  /** The changes of state. */
  public StateChanges changes() {
    return log.changes();
  }

  /** Takes other settings into use, from the next decision and the next request on. */
  public void use(Rules rules, Duration statusTimeout) {
    loop.decideBy(new Supervisor(rules));
    neard.statusTimeout(statusTimeout);
  }

  /** Runs until the daemon is to end; returns the exit status. */
  public int run() throws InterruptedException {
    return loop.run();
  }

  @Override
  public void close() {
    volume.ifPresent(BoundVolume::close);
    neard.close();
    lock.close();
  }
}

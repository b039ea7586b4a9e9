package io.kneard.datamesh.control;

import io.kneard.database.DatabaseUnavailable;
import io.kneard.datamesh.control.MeshStore.Change;
import io.kneard.datamesh.control.Turnover.Around;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the engine decide about every volume that has changed, and stores what comes of it. Works on
 * the host whose database node leads; for a moment two hosts may both think so, which does no harm,
 * because nothing is stored over what somebody else has stored or reported meanwhile.
 */
public final class Controller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

  /** From one look at who leads and who is there to the next, while something happens. */
  private static final Duration STANDING = Duration.ofMillis(500);

  /** All volumes are looked at so often, whether they have changed or not. */
  private static final Duration FULL_PASS = Duration.ofSeconds(60);

  /** After a failure of the database. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private static final Duration THREAD_ENDS = Duration.ofSeconds(10);

  /** Volumes that are read and stored at once. */
  private static final int BATCH = 64;

  private final MeshStore store;
  private final Members members;
  private final Supplier<String> deviceIds;
  private final InstantSource clock;
  private final Rollouts rollouts;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "datamesh");
  private final Attention attention = new Attention(System.nanoTime());
  private final Map<String, String> mistakes = new HashMap<>();

  /** When time alone may change what is decided about a volume, by its name. */
  private final Map<String, Instant> due = new HashMap<>();

  private volatile boolean stopping;
  private boolean leads;
  private Instant leadingSince = Instant.EPOCH;
  private long standingAt = System.nanoTime();
  private long fullPassAt;
  private Position seen = Position.START;
  private Map<String, HostView> lastHosts = Map.of();

  /** What of a host matters to all volumes: not how much is free, nor when it was last heard. */
  private record HostView(
      HostWishes wishes, Optional<String> problem, boolean nonVoting, boolean online) {
    static HostView of(HostState host) {
      return new HostView(
          host.wishes(), host.facts().problem(), host.facts().nonVoting(), host.online());
    }
  }

  /**
   * One that does nothing yet.
   *
   * @param deviceIds for new replicas; never the same twice
   */
  public Controller(
      MeshStore store, Members members, Supplier<String> deviceIds, InstantSource clock) {
    this.store = store;
    this.rollouts = new Rollouts(store);
    this.members = members;
    this.deviceIds = deviceIds;
    this.clock = clock;
    thread.setDaemon(true);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Something has changed: it is looked at once. */
  public void wake() {
    attention.news(System.nanoTime());
    wake.release();
  }

  private void run() {
    while (!stopping) {
      Duration rest = PAUSE;
      try {
        boolean more = step(System.nanoTime());
        rest = more ? Duration.ZERO : pause(System.nanoTime());
      } catch (DatabaseUnavailable e) {
        LOG.debug("volumes are not looked at: {}", e.getMessage());
        leads = false;
      } catch (RuntimeException e) {
        LOG.error("a mistake in the care for volumes", e);
      }
      rest(rest);
    }
  }

  private Duration pause(long now) {
    return attention.awake(now) && !leads ? STANDING : attention.pause(now);
  }

  private void rest(Duration time) {
    try {
      if (wake.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
        TimeUnit.NANOSECONDS.sleep(Attention.GATHER.toNanos());
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  /** Does what is due; says whether there is more to do at once. */
  private boolean step(long now) throws DatabaseUnavailable {
    Optional<Map<String, HostState>> hosts = Optional.empty();
    if (now - standingAt >= 0) {
      standingAt = now + (attention.awake(now) ? STANDING : Attention.REST).toNanos();
      lookWhoLeads(now);
      hosts = leads ? Optional.of(lookAtHosts()) : Optional.empty();
    }
    if (!leads) {
      return false;
    }
    if (now - fullPassAt >= 0) {
      fullPassAt = now + FULL_PASS.toNanos();
      seen = Position.START;
    }
    rollouts.step(now);
    List<String> ripe = ripe();
    boolean news = seen.number() < store.counter();
    if (!news && ripe.isEmpty()) {
      return false;
    }
    attention.news(now);
    Map<String, HostState> all = hosts.isPresent() ? hosts.get() : lookAtHosts();
    boolean more = !ripe.isEmpty() && decide(stored(ripe), all);
    return news ? pass(all) : more;
  }

  /** The volumes whose time has come, some of them. */
  private List<String> ripe() {
    Instant now = clock.instant();
    return due.entrySet().stream()
        .filter(entry -> !entry.getValue().isAfter(now))
        .map(Map.Entry::getKey)
        .limit(BATCH)
        .toList();
  }

  private List<Stored> stored(List<String> names) throws DatabaseUnavailable {
    List<Stored> found = new ArrayList<>();
    for (String name : names) {
      store.volume(name).ifPresent(found::add);
      due.remove(name);
    }
    return found;
  }

  private void lookWhoLeads(long now) {
    boolean leadsNow = members.leads();
    if (leadsNow && !leads) {
      LOG.info("volumes are cared for here");
      fullPassAt = now;
      leadingSince = clock.instant();
      mistakes.clear();
      due.clear();
      rollouts.begin();
    }
    leads = leadsNow;
  }

  /** A host that comes, goes or changes concerns all volumes. */
  private Map<String, HostState> lookAtHosts() throws DatabaseUnavailable {
    Map<String, HostState> hosts = store.hosts();
    Map<String, HostView> views = new HashMap<>();
    hosts.forEach((name, host) -> views.put(name, HostView.of(host)));
    if (!views.equals(lastHosts)) {
      lastHosts = views;
      seen = Position.START;
    }
    return hosts;
  }

  /** Looks at some of the volumes that have changed; says whether there may be more. */
  private boolean pass(Map<String, HostState> hosts) throws DatabaseUnavailable {
    long counter = store.counter();
    List<Stored> changed = store.changed(seen, BATCH);
    boolean decided = decide(changed, hosts);
    boolean more = changed.size() == BATCH;
    if (more) {
      Stored last = changed.get(changed.size() - 1);
      seen = new Position(last.changed(), last.name());
    } else {
      seen = new Position(counter, LAST);
    }
    return more || decided;
  }

  /** Decides about these volumes; says whether anything was to be stored. */
  private boolean decide(List<Stored> volumes, Map<String, HostState> hosts)
      throws DatabaseUnavailable {
    List<Change> changes = new ArrayList<>();
    Map<String, HostState> booked = new TreeMap<>(hosts);
    for (Stored stored : volumes) {
      Optional<Change> change = next(stored, booked);
      change.ifPresent(one -> Bookings.add(booked, one));
      change.ifPresent(changes::add);
    }
    if (!changes.isEmpty()) {
      store.store(changes);
    }
    return !changes.isEmpty();
  }

  /** After every name. */
  private static final String LAST = "\uFFFF";

  private Optional<Change> next(Stored stored, Map<String, HostState> hosts) {
    try {
      Instant now = clock.instant();
      Turnover turnover = Turnover.of(stored, new Around(hosts, now, leadingSince, deviceIds));
      Optional<Instant> again = turnover.intention().again().filter(at -> at.isAfter(now));
      again.ifPresentOrElse(at -> due.put(stored.name(), at), () -> due.remove(stored.name()));
      mistakes.remove(stored.name());
      boolean same = turnover.next().equals(Optional.of(stored.document()));
      return same ? Optional.empty() : Optional.of(new Change(stored, turnover.next()));
    } catch (RuntimeException e) {
      // One volume that cannot be decided about must not keep the others waiting.
      if (!String.valueOf(e).equals(mistakes.put(stored.name(), String.valueOf(e)))) {
        LOG.error("volume {}: a mistake in the decision about it", stored.name(), e);
      }
      return Optional.empty();
    }
  }

  /** Ends it; what was decided is stored, or is decided again by who leads next. */
  @Override
  public void close() {
    stopping = true;
    wake.release();
    try {
      thread.join(THREAD_ENDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

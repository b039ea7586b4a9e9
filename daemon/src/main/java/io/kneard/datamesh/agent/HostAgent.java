package io.kneard.datamesh.agent;

import io.kneard.database.DatabaseUnavailable;
import io.kneard.datamesh.control.Attention;
import io.kneard.datamesh.control.HostFacts;
import io.kneard.datamesh.control.HostFacts.Network;
import io.kneard.datamesh.control.MeshStore;
import io.kneard.datamesh.control.Placed;
import io.kneard.datamesh.control.Position;
import io.kneard.drbd.Agent;
import io.kneard.drbd.Pool;
import io.kneard.drbd.Storage;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This host's replicas: a quick loop that passes on what is published and what is reported, and a
 * slow one that looks whether the host can serve volumes at all. While it cannot, its row in the
 * database says why, and nothing else of the daemon is affected.
 */
public final class HostAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostAgent.class);

  /** After a failure of the database, and while this host is in no cluster. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** From one look for replicas that are gone to the next. */
  private static final Duration TIDY = Duration.ofSeconds(1);

  /** From one look at DRBD and the pools to the next. */
  private static final Duration SURVEY = Duration.ofSeconds(60);

  /** The same, until it was told to the database once. */
  private static final Duration SURVEY_SOON = Duration.ofSeconds(1);

  private static final Duration THREAD_ENDS = Duration.ofSeconds(5);
  private static final int BATCH = 64;

  private final MeshStore store;
  private final Supplier<Optional<HostSelf>> self;
  private final Equipment equipment;
  private final Semaphore wake = new Semaphore(0);
  private final Attention attention = new Attention(System.nanoTime());
  private final Outbox outbox = new Outbox(wake::release);
  private final Thread feed = new Thread(this::feed, "datamesh-feed");
  private final Thread survey = new Thread(this::survey, "datamesh-survey");
  private final Set<String> assigned = new HashSet<>();
  private volatile Optional<HostFacts> told = Optional.empty();
  private volatile boolean drivable;
  private volatile boolean stopping;
  private Optional<Agent> agent = Optional.empty();
  private Optional<HostSelf> served = Optional.empty();
  private Position seen = Position.START;
  private long counter = -1;
  private boolean untidy = true;
  private long sendAt = System.nanoTime();
  private long tidyAt = System.nanoTime();

  /**
   * One that does nothing yet.
   *
   * @param self empty while this host is in no cluster
   */
  public HostAgent(MeshStore store, Supplier<Optional<HostSelf>> self, Equipment equipment) {
    this.store = store;
    this.self = self;
    this.equipment = equipment;
    feed.setDaemon(true);
    survey.setDaemon(true);
  }

  /** Begins. */
  public void start() {
    survey.start();
    feed.start();
  }

  /** Something about volumes has changed: it is looked at once. */
  public void wake() {
    attention.news(System.nanoTime());
    wake.release();
  }

  /** What this host has said of itself last; empty before it could say anything. */
  public Optional<HostFacts> facts() {
    return told;
  }

  private void survey() {
    try {
      while (!stopping) {
        boolean done = surveyOnce();
        Thread.sleep((done ? SURVEY : SURVEY_SOON).toMillis());
      }
    } catch (InterruptedException e) {
      LOG.debug("the host is not looked at anymore");
    }
  }

  private boolean surveyOnce() throws InterruptedException {
    Optional<HostSelf> now = self.get();
    if (now.isEmpty()) {
      return false;
    }
    try {
      Survey seenNow = Survey.of(equipment, now.get());
      HostFacts facts = seenNow.facts();
      drivable = seenNow.drivable();
      if (told.filter(before -> Survey.alike(before, facts)).isPresent()) {
        return true;
      }
      HostFacts stored = store.facts(now.get().name(), facts, System.currentTimeMillis());
      if (!stored.problem().equals(told.flatMap(HostFacts::problem)) || told.isEmpty()) {
        stored.problem().ifPresent(why -> LOG.warn("volumes: {}", why));
      }
      // What the database did not believe is said again, until it does.
      told = Optional.of(stored);
      return true;
    } catch (DatabaseUnavailable e) {
      LOG.debug("the host's row is not written yet: {}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.error("a mistake in the look at this host", e);
      return false;
    }
  }

  private void feed() {
    while (!stopping) {
      Duration rest = PAUSE;
      try {
        rest = step(System.nanoTime());
      } catch (DatabaseUnavailable e) {
        LOG.debug("volumes are not read: {}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("a mistake in the care for this host's replicas", e);
      }
      try {
        if (wake.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS)) {
          TimeUnit.NANOSECONDS.sleep(Attention.GATHER.toNanos());
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        stopping = true;
      }
    }
    agent.ifPresent(Agent::close);
  }

  /** Does what is due; says how long to rest. */
  private Duration step(long now) throws DatabaseUnavailable {
    Optional<HostSelf> present = self.get();
    if (present.isEmpty() || !drivable) {
      return PAUSE;
    }
    if (!present.equals(served)) {
      startAnew(present.get());
    }
    String node = present.get().name();
    boolean more = now - sendAt >= 0 && send(node);
    long latest = store.counter();
    if (latest != counter) {
      attention.news(now);
      untidy = true;
      more |= read(present.get());
      counter = more ? counter : latest;
    }
    if (untidy && now - tidyAt >= 0) {
      tidyAt = now + TIDY.toNanos();
      untidy = false;
      tidy(node);
    }
    return more ? Duration.ZERO : attention.pause(now);
  }

  /** Rests as long as it took: while the database has much to do, more is then sent at once. */
  private boolean send(String node) throws DatabaseUnavailable {
    long begun = System.nanoTime();
    boolean more = outbox.send(store, node);
    long ended = System.nanoTime();
    sendAt = ended + (ended - begun);
    return more;
  }

  private void startAnew(HostSelf now) {
    agent.ifPresent(Agent::close);
    Map<String, Storage> pools = new HashMap<>();
    for (Pool pool : equipment.pools()) {
      pools.put(pool.name(), equipment.storage().apply(pool));
    }
    assigned.forEach(outbox::forget);
    assigned.clear();
    seen = Position.START;
    counter = -1;
    untidy = true;
    agent =
        Optional.of(
            new Agent(
                equipment.tools(),
                pools::get,
                equipment.links(),
                outbox,
                equipment.events(),
                System::nanoTime));
    served = Optional.of(now);
    LOG.info("volumes are served as {}", now.name());
  }

  /** Passes on what is published; says whether there may be more. */
  private boolean read(HostSelf node) throws DatabaseUnavailable {
    List<Network> networks = Survey.networks(equipment, node);
    List<Placed> placed = store.placed(node.name(), seen, BATCH);
    for (Placed one : placed) {
      outbox.known(one);
      assigned.add(one.volume());
      agent.orElseThrow().assign(Assignments.of(one, equipment, networks));
      seen = new Position(one.published(), one.volume());
    }
    return placed.size() == BATCH;
  }

  /** Replicas that are in the database no longer are nobody's anymore. */
  private void tidy(String node) throws DatabaseUnavailable {
    if (store.replicasOn(node) == assigned.size()) {
      return;
    }
    Set<String> there = new HashSet<>(store.volumesOn(node));
    for (String volume : Set.copyOf(assigned)) {
      if (!there.contains(volume)) {
        assigned.remove(volume);
        outbox.forget(volume);
        agent.orElseThrow().dismiss(volume);
      }
    }
  }

  /** Ends it; the resources stay as they are. */
  @Override
  public void close() {
    stopping = true;
    survey.interrupt();
    wake.release();
    try {
      feed.join(THREAD_ENDS.toMillis());
      survey.join(THREAD_ENDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

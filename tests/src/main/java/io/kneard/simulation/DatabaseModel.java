package io.kneard.simulation;

import io.kneard.dqlite.DqliteException;
import io.kneard.lock.Holder;
import io.kneard.lock.embedded.LeaderRow;
import io.kneard.lock.embedded.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The cluster's database: what its leader has committed with a majority of the voters holds for
 * everybody. One that has lost the majority does not know it at once: until then it answers reads
 * as of old, and what is committed there may be lost, or be committed by the next leader. {@code
 * EmbeddedModelIT} makes the same calls to it and to a real one.
 */
final class DatabaseModel implements LockStore {
  /** How soon a leader notices that it has lost the majority, at most: an election time-out. */
  private static final long UNNOTICED = Times.SECOND;

  private static final long SHORTEST_ELECTION = 300 * Times.MILLI;
  private static final long LONGEST_ELECTION = 6 * Times.SECOND;
  private static final double HALF = 0.5;

  /** What is done in a transaction, at a time of the clock of whoever does it. */
  interface Work<T> {
    T run(Tables tables) throws DqliteException;
  }

  /** The time in which one host leads. */
  final class Term {
    final Host leader;
    private final DaemonProcess process;
    private MemoryTables asOf;
    private MemoryTables pending;
    private long overSince;
    private Exchange writer;

    Term(Host leader) {
      this.leader = leader;
      this.process = leader.daemon;
    }

    private boolean over() {
      return this != term;
    }

    /** What it takes for the database. */
    MemoryTables tables() {
      return over() ? asOf : tables;
    }

    /** Whether it runs, and takes itself for the leader. */
    boolean leads() {
      long knows = Math.max(overSince, leader.suspendedUntil()) + UNNOTICED;
      return Members.runs(leader)
          && leader.daemon == process
          && (!over() || world.time.now() < knows);
    }

    /** Only one writes at a time, from its first statement to the commit. */
    boolean begin(Exchange exchange) {
      if (writer != null && writer != exchange && writer.holdsOn(this)) {
        return false;
      }
      writer = exchange;
      return true;
    }

    void end(Exchange exchange) {
      if (writer == exchange) {
        writer = null;
      }
    }

    /**
     * Commits what an exchange has made of the tables.
     *
     * @return whether it is known to have succeeded
     */
    boolean commit(Exchange exchange, MemoryTables draft) {
      if (writer != exchange || !leads()) {
        return false;
      }
      if (!over() && members.hasMajority(leader)) {
        writer = null;
        install(draft);
        return true;
      }
      pending = members.sendsToSomebody(leader) && world.chance.happens(HALF) ? draft : null;
      return false;
    }
  }

  final Members members;
  private final World world;
  private final List<MemoryTables> history = new ArrayList<>();
  private MemoryTables tables = new MemoryTables();
  private Term term;
  private Term before;
  private boolean electing;
  private boolean forbidden;
  private long names;
  private Host holder;

  DatabaseModel(World world) {
    this.world = world;
    this.members = new Members(world);
  }

  /** A name that nobody ever used. */
  String name() {
    return "s" + ++names;
  }

  /** Which leader, or who takes itself for one, a host finds; empty if none. */
  Optional<Term> find(Host from) {
    List<Term> found = new ArrayList<>(2);
    for (Term each : new Term[] {term, before}) {
      if (each != null && each.leads() && members.joined(from, each.leader)) {
        found.add(each);
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(found.get(found.size() == 1 ? 0 : world.chance.below(2)));
  }

  @Override
  public void changed() {
    if (term == null) {
      elect();
    } else if (!term.leads()) {
      depose();
    } else if (!members.hasMajority(term.leader)) {
      Term doubtful = term;
      later(
          world.chance.between(SHORTEST_ELECTION, UNNOTICED),
          () -> {
            if (term == doubtful && (!doubtful.leads() || !members.hasMajority(doubtful.leader))) {
              depose();
            }
          });
    }
  }

  private void depose() {
    if (world.tracing()) {
      world.say("store", "%s leads no more", term.leader.name);
    }
    before = term;
    before.asOf = tables.copy();
    before.overSince = world.time.now();
    term = null;
    elect();
  }

  private void elect() {
    if (electing || forbidden) {
      return;
    }
    electing = true;
    later(
        world.chance.scaled(SHORTEST_ELECTION, LONGEST_ELECTION),
        () -> {
          electing = false;
          List<Host> able = members.voters().filter(members::hasMajority).toList();
          if (term == null && !forbidden && !able.isEmpty()) {
            lead(able.get(world.chance.below(able.size())));
          }
        });
  }

  private void lead(Host host) {
    if (world.tracing()) {
      world.say("store", "%s leads", host.name);
    }
    term = new Term(host);
    if (before != null && before.pending != null) {
      MemoryTables late = before.pending;
      before.pending = null;
      install(late);
    }
  }

  private void install(MemoryTables next) {
    tables = next;
    history.add(next);
    String node =
        next.leader()
            .filter(row -> !row.free())
            .flatMap(LeaderRow::holder)
            .map(Holder::nodeId)
            .orElse("");
    Host now = null;
    for (Host host : world.hosts) {
      now = host.name.equals(node) ? host : now;
    }
    if (holder != now) {
      holder = now;
      world.lockMoved();
    }
  }

  private void later(long delay, Runnable what) {
    world.time.at(world.time.now() + delay, null, what);
  }

  @Override
  public Host holder() {
    return holder;
  }

  @Override
  public boolean leads() {
    return !forbidden;
  }

  @Override
  public void loseLeader() {
    forbidden = true;
    if (term != null) {
      depose();
    }
  }

  @Override
  public void electLeader() {
    forbidden = false;
    changed();
  }

  @Override
  public void nodeLeft(Host host) {
    changed();
  }

  @Override
  public void nodeFailed(Host host) {
    throw new IllegalStateException("no session here is bound to a check");
  }

  /** To one of the last states or an older one; nothing of later days comes back. */
  @Override
  public void setBack() {
    for (Term each : new Term[] {term, before}) {
      if (each != null) {
        each.writer = null;
        each.pending = null;
      }
    }
    if (!history.isEmpty()) {
      int age = (int) world.chance.scaled(1, history.size());
      install(history.get(history.size() - age));
    }
  }

  @Override
  public void forget(boolean all) {
    byHand(fewer -> fewer.forget(all));
  }

  @Override
  public void deleteSessions(Optional<Host> of) {
    byHand(fewer -> fewer.deleteSessions(of.map(host -> host.name)));
  }

  private void byHand(Consumer<MemoryTables> what) {
    MemoryTables fewer = tables.copy();
    what.accept(fewer);
    if (term != null) {
      term.writer = null;
    }
    install(fewer);
  }
}

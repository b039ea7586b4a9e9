package io.kneard.datamesh.control;

import io.kneard.database.ClusterDatabase;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.datamesh.intent.VolumeClass;
import io.kneard.dqlite.DqliteClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Volumes and hosts in the cluster's database. For any number of threads. */
public final class MeshStore {
  private final Supplier<Optional<ClusterDatabase>> database;
  private final Members members;
  private final Runnable changed;

  /**
   * @param database empty while this host is in no cluster
   * @param changed is run after each change that was made here; must be quick
   */
  public MeshStore(
      Supplier<Optional<ClusterDatabase>> database, Members members, Runnable changed) {
    this.database = database;
    this.members = members;
    this.changed = changed;
  }

  /** A change of one volume; it fails if anything of the volume has changed since it was read. */
  public record Change(Stored before, Optional<VolumeDocument> next) {}

  /** A report of this host. */
  public record ReportOf(String volume, String deviceId, Said said) {}

  private ClusterDatabase open() throws DatabaseUnavailable {
    return database
        .get()
        .orElseThrow(() -> new DatabaseUnavailable("Database is not yet initialized"));
  }

  <T> T read(DqliteClient.Work<T> work) throws DatabaseUnavailable {
    return open().read(work);
  }

  /** One that changes something, as a rule. */
  <T> T transaction(DqliteClient.Work<T> work) throws DatabaseUnavailable {
    T result = open().transaction(work);
    changed.run();
    return result;
  }

  /** The number of the last change; a cheap question. */
  public long counter() throws DatabaseUnavailable {
    return read(MeshRows::counter);
  }

  private record HostsRead(Map<String, HostRows.HostRow> rows, Map<String, Integer> replicas) {}

  /** All hosts of the cluster, by name. */
  public Map<String, HostState> hosts() throws DatabaseUnavailable {
    HostsRead read =
        read(session -> new HostsRead(HostRows.all(session), HostRows.counts(session)));
    Map<String, HostState> hosts = new TreeMap<>();
    for (Members.Standing one : members.all()) {
      HostRows.HostRow row = read.rows().getOrDefault(one.name(), HostRows.HostRow.NONE);
      hosts.put(
          one.name(),
          new HostState(
              one.name(),
              row.wishes(),
              row.facts(),
              one.online(),
              one.lastHeard(),
              read.replicas().getOrDefault(one.name(), 0)));
    }
    return hosts;
  }

  /** The volume of this name. */
  public Optional<Stored> volume(String name) throws DatabaseUnavailable {
    return read(session -> MeshRows.volume(session, name));
  }

  /** The volumes after this one, by name, the first so many. */
  public List<Stored> volumes(String after, int most) throws DatabaseUnavailable {
    return read(session -> MeshRows.byName(session, after, most));
  }

  /** The volumes that have changed after this position, the first so many. */
  List<Stored> changed(Position after, int most) throws DatabaseUnavailable {
    return read(session -> MeshRows.changed(session, after, most));
  }

  /**
   * Adds a volume.
   *
   * @param made from the number it gets; what it throws is thrown, and nothing is added
   * @return empty if there is one of this name already
   */
  public Optional<Stored> create(String name, IntFunction<VolumeDocument> made)
      throws DatabaseUnavailable {
    return transaction(
        session -> {
          OptionalInt free = MeshRows.freeNumber(session, name);
          if (free.isEmpty()) {
            return Optional.empty();
          }
          VolumeDocument document = made.apply(free.getAsInt());
          MeshRows.insert(session, name, document);
          long number = MeshRows.counter(session);
          return Optional.of(new Stored(name, document, number, Map.of()));
        });
  }

  /**
   * Changes a volume.
   *
   * @param edit from what is stored to what is to be; what it throws is thrown, and nothing is
   *     changed
   * @return empty if there is no volume of this name
   */
  public Optional<Stored> edit(String name, Function<Stored, VolumeDocument> edit)
      throws DatabaseUnavailable {
    return transaction(
        session -> {
          Optional<Stored> before = MeshRows.volume(session, name);
          Optional<VolumeDocument> next = before.map(edit);
          if (before.isEmpty() || next.equals(before.map(Stored::document))) {
            return before;
          }
          MeshRows.store(session, List.of(new Change(before.get(), next)));
          return MeshRows.volume(session, name);
        });
  }

  /** Changes what an administrator says of a host. */
  public void wish(String node, UnaryOperator<HostWishes> edit) throws DatabaseUnavailable {
    transaction(
        session -> {
          HostRows.HostRow before = HostRows.all(session).getOrDefault(node, HostRows.HostRow.NONE);
          HostWishes next = edit.apply(before.wishes());
          if (!next.equals(before.wishes())) {
            HostRows.put(session, node, new HostRows.HostRow(next, before.facts()));
          }
          return true;
        });
  }

  /** The classes of volumes, by name. */
  public Map<String, VolumeClass> classes() throws DatabaseUnavailable {
    return read(ClassRows::all);
  }

  /**
   * Puts a class.
   *
   * @param edit from the class of this name, if there is one; what it throws is thrown
   */
  public VolumeClass putClass(String name, Function<Optional<VolumeClass>, VolumeClass> edit)
      throws DatabaseUnavailable {
    return transaction(
        session -> {
          Optional<VolumeClass> before = Optional.ofNullable(ClassRows.all(session).get(name));
          VolumeClass next = edit.apply(before);
          if (!before.equals(Optional.of(next))) {
            ClassRows.put(session, next);
          }
          return next;
        });
  }

  /** The volumes that follow this class, without reports. */
  public List<Stored> following(String name) throws DatabaseUnavailable {
    return read(session -> MeshRows.following(session, name));
  }

  /** Stores changes, each unless its volume has changed; says which were. */
  Set<String> store(List<Change> changes) throws DatabaseUnavailable {
    return transaction(session -> MeshRows.store(session, changes));
  }

  /** The volumes of this host that were published after this position, the first so many. */
  public List<Placed> placed(String node, Position after, int most) throws DatabaseUnavailable {
    return read(session -> HostRows.placed(session, node, after, most));
  }

  /** How many replicas this host has. */
  public long replicasOn(String node) throws DatabaseUnavailable {
    return read(session -> HostRows.count(session, node));
  }

  /** The volumes with a replica on this host. */
  public List<String> volumesOn(String node) throws DatabaseUnavailable {
    return read(session -> HostRows.volumes(session, node));
  }

  /**
   * Stores reports of a host.
   *
   * @return what was not taken, and why, in words
   */
  public List<String> report(String node, List<ReportOf> reports) throws DatabaseUnavailable {
    return transaction(session -> ReplicaRows.report(session, node, reports));
  }

  /**
   * Stores what a host says of itself. An address that another host has said before is no address
   * of this one.
   *
   * @return what was stored
   */
  public HostFacts facts(String node, HostFacts facts, long nowMillis) throws DatabaseUnavailable {
    return transaction(
        session -> {
          Map<String, HostRows.HostRow> rows = HostRows.all(session);
          HostRows.HostRow before = rows.getOrDefault(node, HostRows.HostRow.NONE);
          HostFacts credible =
              facts.networks().stream()
                  .flatMap(network -> taken(rows, node, network).stream())
                  .findFirst()
                  .map(facts::with)
                  .orElse(facts)
                  .after(before.facts(), nowMillis);
          if (!before.facts().equals(credible)) {
            HostRows.put(session, node, new HostRows.HostRow(before.wishes(), credible));
          }
          return credible;
        });
  }

  private static Optional<String> taken(
      Map<String, HostRows.HostRow> rows, String node, HostFacts.Network network) {
    return rows.entrySet().stream()
        .filter(row -> !row.getKey().equals(node))
        .filter(row -> row.getValue().facts().networks().contains(network))
        .findFirst()
        .map(
            row ->
                "address %s in network %s is that of %s: every host needs its own"
                    .formatted(network.ip(), network.name(), row.getKey()));
  }
}

package io.kneard.datamesh.control;

import io.kneard.datamesh.control.MeshStore.Change;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Row;
import io.kneard.dqlite.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The statements on the rows of volumes and replicas. */
final class MeshRows {
  /** Documents are read as bytes: a text would be made of them only to be taken apart again. */
  private static final String COLUMNS = "SELECT v.name, CAST(v.document AS BLOB), v.changed";

  private static final int NAME = 0;
  private static final int DOCUMENT = 1;
  private static final int NUMBER = 2;

  private MeshRows() {}

  /** The number of the last change. */
  static long counter(Session session) throws DqliteException {
    return session.query("SELECT value FROM mesh_counter").get(0).whole(0);
  }

  /** A change begins: it takes the next number. */
  static void next(Session session) throws DqliteException {
    session.execute("UPDATE mesh_counter SET value = value + 1");
  }

  /** The volume of this name. */
  static Optional<Stored> volume(Session session, String name) throws DqliteException {
    List<Row> rows = session.query(COLUMNS + " FROM mesh_volumes v WHERE v.name = ?", name);
    return stored(rows, reports(session.query(reportsOf("v.name = ?"), name))).stream().findFirst();
  }

  /** The volumes that have changed after this position, the first so many. */
  static List<Stored> changed(Session session, Position after, int most) throws DqliteException {
    List<Row> rows =
        session.query(
            COLUMNS
                + " FROM mesh_volumes v WHERE v.changed > ? OR (v.changed = ? AND v.name > ?)"
                + " ORDER BY v.changed, v.name LIMIT ?",
            after.number(),
            after.number(),
            after.name(),
            most);
    if (rows.isEmpty()) {
      return List.of();
    }
    long first = rows.get(0).whole(NUMBER);
    long last = rows.get(rows.size() - 1).whole(NUMBER);
    return stored(
        rows, reports(session.query(reportsOf("v.changed >= ? AND v.changed <= ?"), first, last)));
  }

  /** The volumes that follow this class. */
  static List<Stored> following(Session session, String name) throws DqliteException {
    List<Row> rows =
        session.query(COLUMNS + " FROM mesh_volumes v WHERE v.class = ? ORDER BY v.name", name);
    return stored(rows, Map.of());
  }

  /** All volumes, by name, after this one. */
  static List<Stored> byName(Session session, String after, int most) throws DqliteException {
    List<Row> rows =
        session.query(
            COLUMNS + " FROM mesh_volumes v WHERE v.name > ? ORDER BY v.name LIMIT ?", after, most);
    if (rows.isEmpty()) {
      return List.of();
    }
    String last = rows.get(rows.size() - 1).text(NAME);
    return stored(
        rows, reports(session.query(reportsOf("v.name > ? AND v.name <= ?"), after, last)));
  }

  private static String reportsOf(String which) {
    return "SELECT r.volume, r.device_id, CAST(r.report AS BLOB)"
        + " FROM mesh_volumes v JOIN mesh_replicas r ON r.volume = v.name WHERE r.report <> '' AND "
        + which;
  }

  private static Map<String, Map<String, Said>> reports(List<Row> rows) {
    Map<String, Map<String, Said>> all = new HashMap<>();
    for (Row row : rows) {
      all.computeIfAbsent(row.text(0), volume -> new LinkedHashMap<>())
          .put(row.text(1), Documents.read(row.blob(2), Said.class));
    }
    return all;
  }

  private static List<Stored> stored(List<Row> rows, Map<String, Map<String, Said>> reports) {
    return rows.stream()
        .map(
            row ->
                new Stored(
                    row.text(NAME),
                    Documents.read(row.blob(DOCUMENT), VolumeDocument.class),
                    row.whole(NUMBER),
                    reports.getOrDefault(row.text(NAME), Map.of())))
        .toList();
  }

  /** Whether there is a volume of this name, and else the smallest number that none has. */
  static OptionalInt freeNumber(Session session, String name) throws DqliteException {
    List<Row> free =
        session.query(
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM mesh_volumes WHERE number = 0)"
                + " THEN (SELECT MIN(v.number) + 1 FROM mesh_volumes v WHERE NOT EXISTS"
                + " (SELECT 1 FROM mesh_volumes o WHERE o.number = v.number + 1)) ELSE 0 END"
                + " WHERE NOT EXISTS (SELECT 1 FROM mesh_volumes WHERE name = ?)",
            name);
    return free.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(Math.toIntExact(free.get(0).whole(0)));
  }

  /** Adds a volume that is not there yet. */
  static void insert(Session session, String name, VolumeDocument document) throws DqliteException {
    next(session);
    session.execute(
        "INSERT INTO mesh_volumes SELECT ?, ?, ?, ?, value, value FROM mesh_counter",
        name,
        document.number(),
        document.volumeClass().orElse(""),
        Documents.write(document));
    ReplicaRows.add(session, ReplicaRows.added(name, Map.of(), ReplicaRows.of(document)));
  }

  /**
   * A document in place of the one before.
   *
   * @param was the number of the last change of the volume when it was read
   */
  private record Next(String name, long was, String volumeClass, String document) {
    static Next of(Change change) {
      VolumeDocument document = change.next().orElseThrow();
      return new Next(
          change.before().name(),
          change.before().changed(),
          document.volumeClass().orElse(""),
          Documents.write(document));
    }
  }

  /** A volume to be removed, see {@link Next}. */
  private record Last(String name, long was) {}

  /**
   * Makes changes, each unless anything of its volume has changed since it was read; all in a few
   * statements, since each of them is a way to the leader and back while nobody else can write.
   *
   * @return the names of the volumes that were changed
   */
  static Set<String> store(Session session, List<Change> changes) throws DqliteException {
    next(session);
    Set<String> done = new HashSet<>(removed(session, changes));
    List<Change> put = changes.stream().filter(change -> change.next().isPresent()).toList();
    if (put.isEmpty()) {
      return done;
    }
    session.execute(
        "UPDATE mesh_volumes SET class = j.value ->> 'volumeClass',"
            + " document = j.value ->> 'document', published = c.value, changed = c.value"
            + " FROM json_each(?) j, mesh_counter c"
            + " WHERE mesh_volumes.name = j.value ->> 'name'"
            + " AND mesh_volumes.changed = j.value ->> 'was'",
        Documents.write(put.stream().map(Next::of).toList()));
    for (Row row :
        session.query("SELECT name FROM mesh_volumes, mesh_counter WHERE changed = value")) {
      done.add(row.text(0));
    }
    List<ReplicaRows.Placing> added = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    for (Change change : put) {
      if (done.contains(change.before().name())) {
        Map<String, String> before = ReplicaRows.of(change.before().document());
        Map<String, String> now = ReplicaRows.of(change.next().orElseThrow());
        added.addAll(ReplicaRows.added(change.before().name(), before, now));
        before.keySet().stream().filter(id -> !now.containsKey(id)).forEach(gone::add);
      }
    }
    ReplicaRows.remove(session, gone);
    ReplicaRows.add(session, added);
    return done;
  }

  private static Set<String> removed(Session session, List<Change> changes) throws DqliteException {
    List<Last> last =
        changes.stream()
            .filter(change -> change.next().isEmpty())
            .map(change -> new Last(change.before().name(), change.before().changed()))
            .toList();
    Set<String> names =
        last.stream().map(Last::name).collect(Collectors.toCollection(HashSet::new));
    if (last.isEmpty()) {
      return names;
    }
    session.execute(
        "DELETE FROM mesh_volumes WHERE (name, changed) IN"
            + " (SELECT value ->> 'name', value ->> 'was' FROM json_each(?))",
        Documents.write(last));
    String asked = Documents.write(names);
    for (Row row :
        session.query(
            "SELECT name FROM mesh_volumes WHERE name IN (SELECT value FROM json_each(?))",
            asked)) {
      names.remove(row.text(0));
    }
    session.execute(
        "DELETE FROM mesh_replicas WHERE volume IN (SELECT value FROM json_each(?))",
        Documents.write(names));
    return names;
  }
}

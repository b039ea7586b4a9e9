package io.kneard.datamesh.control;

import io.kneard.datamesh.intent.Place;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Row;
import io.kneard.dqlite.Session;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements on the rows of volumes and replicas. */
final class MeshRows {
  private static final String COLUMNS = "SELECT v.name, v.document, v.changed";
  private static final int NAME = 0;
  private static final int DOCUMENT = 1;
  private static final int NUMBER = 2;

  private MeshRows() {}

  /** The number of the last change. */
  static long counter(Session session) throws DqliteException {
    return session.query("SELECT value FROM mesh_counter").get(0).whole(0);
  }

  /** The number of this transaction's change. */
  static long next(Session session) throws DqliteException {
    session.execute("UPDATE mesh_counter SET value = value + 1");
    return counter(session);
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
    return "SELECT r.volume, r.device_id, r.report FROM mesh_volumes v JOIN mesh_replicas r"
        + " ON r.volume = v.name WHERE r.report <> '' AND "
        + which;
  }

  private static Map<String, Map<String, Said>> reports(List<Row> rows) {
    Map<String, Map<String, Said>> all = new HashMap<>();
    for (Row row : rows) {
      all.computeIfAbsent(row.text(0), volume -> new LinkedHashMap<>())
          .put(row.text(1), Documents.read(row.text(2), Said.class));
    }
    return all;
  }

  private static List<Stored> stored(List<Row> rows, Map<String, Map<String, Said>> reports) {
    return rows.stream()
        .map(
            row ->
                new Stored(
                    row.text(NAME),
                    Documents.read(row.text(DOCUMENT), VolumeDocument.class),
                    row.whole(NUMBER),
                    reports.getOrDefault(row.text(NAME), Map.of())))
        .toList();
  }

  /** The smallest number that no volume has. */
  static int freeNumber(Session session) throws DqliteException {
    List<Row> none = session.query("SELECT 1 FROM mesh_volumes WHERE number = 0");
    if (none.isEmpty()) {
      return 0;
    }
    return Math.toIntExact(
        session
            .query(
                "SELECT MIN(v.number) + 1 FROM mesh_volumes v WHERE NOT EXISTS"
                    + " (SELECT 1 FROM mesh_volumes o WHERE o.number = v.number + 1)")
            .get(0)
            .whole(0));
  }

  /** Adds a volume that is not there yet. */
  static void insert(Session session, String name, VolumeDocument document) throws DqliteException {
    long number = next(session);
    session.execute(
        "INSERT INTO mesh_volumes VALUES (?, ?, ?, ?, ?, ?)",
        name,
        document.number(),
        document.volumeClass().orElse(""),
        Documents.write(document),
        number,
        number);
    places(session, name, Map.of(), rows(document));
  }

  /**
   * Puts a document in place of one, unless anything of the volume has changed since it was read.
   *
   * @param number of the transaction's change
   * @return whether it was put there
   */
  static boolean replace(Session session, Stored before, VolumeDocument next, long number)
      throws DqliteException {
    boolean done =
        session
                .execute(
                    "UPDATE mesh_volumes SET class = ?, document = ?, published = ?, changed = ?"
                        + " WHERE name = ? AND changed = ?",
                    next.volumeClass().orElse(""),
                    Documents.write(next),
                    number,
                    number,
                    before.name(),
                    before.changed())
                .rowsAffected()
            == 1;
    if (done) {
      places(session, before.name(), rows(before.document()), rows(next));
    }
    return done;
  }

  /** Removes a volume, unless anything of it has changed since it was read. */
  static boolean remove(Session session, Stored before) throws DqliteException {
    boolean done =
        session
                .execute(
                    "DELETE FROM mesh_volumes WHERE name = ? AND changed = ?",
                    before.name(),
                    before.changed())
                .rowsAffected()
            == 1;
    if (done) {
      session.execute("DELETE FROM mesh_replicas WHERE volume = ?", before.name());
    }
    return done;
  }

  /** Nodes of the replicas, by device id. */
  private static Map<String, String> rows(VolumeDocument document) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Place place : document.places()) {
      rows.put(document.disk(place).deviceId(), place.node());
    }
    return rows;
  }

  private static void places(
      Session session, String volume, Map<String, String> before, Map<String, String> now)
      throws DqliteException {
    for (String id : before.keySet()) {
      if (!now.containsKey(id)) {
        session.execute("DELETE FROM mesh_replicas WHERE device_id = ?", id);
      }
    }
    for (Map.Entry<String, String> row : now.entrySet()) {
      if (!before.containsKey(row.getKey())) {
        session.execute(
            "INSERT INTO mesh_replicas VALUES (?, ?, ?, '')", volume, row.getValue(), row.getKey());
      }
    }
  }

  /** Puts a report; false if there is no such replica. */
  static boolean report(
      Session session, String volume, String node, String deviceId, Said said, long number)
      throws DqliteException {
    boolean known =
        session
                .execute(
                    "UPDATE mesh_replicas SET report = ?"
                        + " WHERE volume = ? AND node = ? AND device_id = ?",
                    Documents.write(said),
                    volume,
                    node,
                    deviceId)
                .rowsAffected()
            == 1;
    if (known) {
      session.execute("UPDATE mesh_volumes SET changed = ? WHERE name = ?", number, volume);
    }
    return known;
  }
}

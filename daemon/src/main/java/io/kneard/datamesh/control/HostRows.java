package io.kneard.datamesh.control;

import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Row;
import io.kneard.dqlite.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The statements on hosts, and on what concerns one host. */
final class HostRows {
  private HostRows() {}

  /** What administrators and hosts have said of hosts. */
  record HostRow(HostWishes wishes, HostFacts facts) {
    static final HostRow NONE = new HostRow(HostWishes.NONE, HostFacts.NONE);
  }

  static Map<String, HostRow> all(Session session) throws DqliteException {
    Map<String, HostRow> all = new TreeMap<>();
    for (Row row : session.query("SELECT name, wishes, facts FROM mesh_hosts")) {
      all.put(
          row.text(0),
          new HostRow(
              Documents.read(row.text(1), HostWishes.class),
              Documents.read(row.text(2), HostFacts.class)));
    }
    return all;
  }

  /** Puts what is known of a host in place of what was. */
  static void put(Session session, String name, HostRow row) throws DqliteException {
    session.execute(
        "INSERT INTO mesh_hosts VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
            + " wishes = excluded.wishes, facts = excluded.facts",
        name,
        Documents.write(row.wishes()),
        Documents.write(row.facts()));
    MeshRows.next(session);
  }

  /** The volumes of this host that were published after this position, the first so many. */
  static List<Placed> placed(Session session, String node, Position after, int most)
      throws DqliteException {
    List<Row> rows =
        session.query(
            "SELECT v.name, v.document, v.published, r.device_id, r.report FROM mesh_volumes v"
                + " JOIN mesh_replicas r ON r.volume = v.name AND r.node = ?"
                + " WHERE v.published > ? OR (v.published = ? AND v.name > ?)"
                + " ORDER BY v.published, v.name LIMIT ?",
            node,
            after.number(),
            after.number(),
            after.name(),
            most);
    List<Placed> placed = new ArrayList<>();
    for (Row row : rows) {
      placed(row, node).ifPresent(placed::add);
    }
    return placed;
  }

  private static Optional<Placed> placed(Row row, String node) {
    VolumeDocument document = Documents.read(row.text(1), VolumeDocument.class);
    Optional<Said> said =
        row.text(4).isEmpty()
            ? Optional.empty()
            : Optional.of(Documents.read(row.text(4), Said.class));
    return document
        .on(node)
        .filter(place -> document.disk(place).deviceId().equals(row.text(3)))
        .map(place -> new Placed(row.text(0), document, row.whole(2), place, said));
  }

  /** How many replicas this host has. */
  static long count(Session session, String node) throws DqliteException {
    return session.query("SELECT COUNT(*) FROM mesh_replicas WHERE node = ?", node).get(0).whole(0);
  }

  /** How many replicas each host has. */
  static Map<String, Integer> counts(Session session) throws DqliteException {
    Map<String, Integer> counts = new TreeMap<>();
    for (Row row : session.query("SELECT node, COUNT(*) FROM mesh_replicas GROUP BY node")) {
      counts.put(row.text(0), Math.toIntExact(row.whole(1)));
    }
    return counts;
  }

  /** The volumes with a replica on this host. */
  static List<String> volumes(Session session, String node) throws DqliteException {
    return session.query("SELECT volume FROM mesh_replicas WHERE node = ?", node).stream()
        .map(row -> row.text(0))
        .toList();
  }
}

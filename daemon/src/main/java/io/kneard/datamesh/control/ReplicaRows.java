package io.kneard.datamesh.control;

import io.kneard.datamesh.Report;
import io.kneard.datamesh.control.MeshStore.ReportOf;
import io.kneard.datamesh.intent.Place;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Row;
import io.kneard.dqlite.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements on the rows of replicas: who has one, and what is reported of it. */
final class ReplicaRows {
  private ReplicaRows() {}

  /** A replica of a volume on a host. */
  record Placing(String volume, String node, String id) {}

  /** A report as it is put. */
  private record Put(String volume, String id, String report) {}

  /** Nodes of the replicas, by device id. */
  static Map<String, String> of(VolumeDocument document) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Place place : document.places()) {
      rows.put(document.disk(place).deviceId(), place.node());
    }
    return rows;
  }

  /** Those of the second that the first has not. */
  static List<Placing> added(String volume, Map<String, String> before, Map<String, String> now) {
    List<Placing> added = new ArrayList<>();
    now.forEach(
        (id, node) -> {
          if (!before.containsKey(id)) {
            added.add(new Placing(volume, node, id));
          }
        });
    return added;
  }

  static void add(Session session, List<Placing> added) throws DqliteException {
    if (!added.isEmpty()) {
      session.execute(
          "INSERT INTO mesh_replicas SELECT value ->> 'volume', value ->> 'node', value ->> 'id', ''"
              + " FROM json_each(?)",
          Documents.write(added));
    }
  }

  static void remove(Session session, List<String> ids) throws DqliteException {
    if (!ids.isEmpty()) {
      session.execute(
          "DELETE FROM mesh_replicas WHERE device_id IN (SELECT value FROM json_each(?))",
          Documents.write(ids));
    }
  }

  /**
   * Puts reports of a host, all in a few statements.
   *
   * @return what was not taken, and why, in words
   */
  static List<String> report(Session session, String node, List<ReportOf> reports)
      throws DqliteException {
    Map<String, Optional<Report>> before = last(session, node, reports);
    List<String> refused = new ArrayList<>();
    List<Put> taken = new ArrayList<>();
    for (ReportOf one : reports) {
      String key = one.volume() + '/' + one.deviceId();
      Optional<String> why =
          Credible.goesBack(one.said().report(), before.getOrDefault(key, Optional.empty()));
      if (!before.containsKey(key)) {
        refused.add("volume %s has no such replica on %s".formatted(one.volume(), node));
      } else if (why.isPresent()) {
        refused.add("volume %s: %s %s".formatted(one.volume(), node, why.get()));
      } else {
        taken.add(new Put(one.volume(), one.deviceId(), Documents.write(one.said())));
      }
    }
    if (!taken.isEmpty()) {
      put(session, taken);
    }
    return refused;
  }

  /** What was reported last of each of these that is there, by volume and device id. */
  private static Map<String, Optional<Report>> last(
      Session session, String node, List<ReportOf> reports) throws DqliteException {
    List<String> ids = reports.stream().map(ReportOf::deviceId).toList();
    Map<String, Optional<Report>> last = new HashMap<>();
    for (Row row :
        session.query(
            "SELECT volume, device_id, report FROM mesh_replicas WHERE node = ?"
                + " AND device_id IN (SELECT value FROM json_each(?))",
            node,
            Documents.write(ids))) {
      Optional<Report> report =
          row.text(2).isEmpty()
              ? Optional.empty()
              : Optional.of(Documents.read(row.text(2), Said.class).report());
      last.put(row.text(0) + '/' + row.text(1), report);
    }
    return last;
  }

  private static void put(Session session, List<Put> taken) throws DqliteException {
    MeshRows.next(session);
    session.execute(
        "UPDATE mesh_replicas SET report = j.value ->> 'report' FROM json_each(?) j"
            + " WHERE mesh_replicas.device_id = j.value ->> 'id'",
        Documents.write(taken));
    session.execute(
        "UPDATE mesh_volumes SET changed = (SELECT value FROM mesh_counter)"
            + " WHERE name IN (SELECT value FROM json_each(?))",
        Documents.write(taken.stream().map(Put::volume).toList()));
  }
}

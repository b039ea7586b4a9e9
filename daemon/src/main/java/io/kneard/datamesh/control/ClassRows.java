package io.kneard.datamesh.control;

import io.kneard.datamesh.intent.VolumeClass;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Row;
import io.kneard.dqlite.Session;
import java.util.Map;
import java.util.TreeMap;

/** The statements on classes of volumes. */
final class ClassRows {
  private ClassRows() {}

  static Map<String, VolumeClass> all(Session session) throws DqliteException {
    Map<String, VolumeClass> all = new TreeMap<>();
    for (Row row : session.query("SELECT name, document FROM mesh_classes")) {
      all.put(row.text(0), Documents.read(row.text(1), VolumeClass.class));
    }
    return all;
  }

  static void put(Session session, VolumeClass one) throws DqliteException {
    session.execute(
        "INSERT INTO mesh_classes VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET"
            + " document = excluded.document",
        one.name(),
        Documents.write(one));
    MeshRows.next(session);
  }
}

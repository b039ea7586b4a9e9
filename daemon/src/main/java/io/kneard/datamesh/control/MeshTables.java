package io.kneard.datamesh.control;

import io.kneard.database.Schema;
import java.util.List;

/**
 * The tables of volumes and their hosts. Every transaction that writes to them takes the next
 * number of the counter, and leaves it in the rows it changes: who knows the last number it has
 * seen finds what is new by one comparison.
 */
public final class MeshTables {
  /** The steps that make them. */
  public static final List<Schema.Step> STEPS =
      List.of(
          Schema.Step.of(
              "CREATE TABLE mesh_counter (id INTEGER PRIMARY KEY, value INTEGER NOT NULL)",
              "INSERT INTO mesh_counter VALUES (1, 0)",
              """
              CREATE TABLE mesh_volumes (
                name TEXT PRIMARY KEY,
                number INTEGER NOT NULL UNIQUE,
                class TEXT NOT NULL,
                document TEXT NOT NULL,
                published INTEGER NOT NULL,
                changed INTEGER NOT NULL)""",
              "CREATE INDEX mesh_volumes_published ON mesh_volumes (published)",
              "CREATE INDEX mesh_volumes_class ON mesh_volumes (class)",
              "CREATE INDEX mesh_volumes_changed ON mesh_volumes (changed)",
              """
              CREATE TABLE mesh_replicas (
                volume TEXT NOT NULL,
                node TEXT NOT NULL,
                device_id TEXT NOT NULL UNIQUE,
                report TEXT NOT NULL,
                PRIMARY KEY (volume, node))""",
              "CREATE INDEX mesh_replicas_node ON mesh_replicas (node)",
              """
              CREATE TABLE mesh_hosts (
                name TEXT PRIMARY KEY,
                wishes TEXT NOT NULL,
                facts TEXT NOT NULL)""",
              """
              CREATE TABLE mesh_classes (
                name TEXT PRIMARY KEY,
                document TEXT NOT NULL)"""));

  private MeshTables() {}
}

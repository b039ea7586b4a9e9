package io.kneard.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kneard.database.Schema;
import io.kneard.database.Versions;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Row;
import io.kneard.dqlite.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The cluster's own tables and the statements on them. */
final class ClusterTables {
  /** The steps that make the tables. */
  static final List<Schema.Step> STEPS =
      List.of(
          Schema.Step.of(
              """
              CREATE TABLE core_cluster_members (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL UNIQUE,
                address TEXT NOT NULL UNIQUE,
                certificate TEXT NOT NULL UNIQUE,
                schema_internal INTEGER NOT NULL,
                schema_external INTEGER NOT NULL,
                api_extensions TEXT NOT NULL,
                heartbeat TEXT NOT NULL,
                role TEXT NOT NULL,
                node_id INTEGER NOT NULL UNIQUE,
                node_address TEXT NOT NULL UNIQUE,
                failure_domain TEXT NOT NULL)""",
              """
              CREATE TABLE core_token_records (
                name TEXT PRIMARY KEY,
                secret_hash TEXT NOT NULL UNIQUE,
                expires_at INTEGER NOT NULL)"""));

  private static final ObjectMapper JSON = new ObjectMapper();

  private ClusterTables() {}

  static List<MemberRow> members(Session session) throws DqliteException {
    return session
        .query(
            "SELECT id, name, address, certificate, schema_internal, schema_external,"
                + " api_extensions, heartbeat, role, node_id, node_address, failure_domain"
                + " FROM core_cluster_members ORDER BY id")
        .stream()
        .map(ClusterTables::member)
        .toList();
  }

  private static MemberRow member(Row row) {
    String heartbeat = row.text(7);
    return new MemberRow(
        row.whole(0),
        row.text(1),
        row.text(2),
        row.text(3),
        new Versions(
            Math.toIntExact(row.whole(4)), Math.toIntExact(row.whole(5)), extensions(row.text(6))),
        heartbeat.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(heartbeat)),
        row.text(8),
        row.whole(9),
        row.text(10),
        row.text(11));
  }

  /** Adds a member that no heartbeat has seen. */
  static void add(
      Session session,
      TrustedMember member,
      Versions versions,
      long nodeId,
      String nodeAddress,
      String domain)
      throws DqliteException {
    session.execute(
        "INSERT INTO core_cluster_members (name, address, certificate, schema_internal,"
            + " schema_external, api_extensions, heartbeat, role, node_id, node_address,"
            + " failure_domain) VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?)",
        member.name(),
        member.address(),
        member.certificate(),
        versions.internal(),
        versions.external(),
        text(versions.extensions()),
        MemberRow.PENDING,
        nodeId,
        nodeAddress,
        domain);
  }

  /** Says what this member has now. */
  static void update(
      Session session, String name, Versions versions, String domain, String certificate)
      throws DqliteException {
    session.execute(
        "UPDATE core_cluster_members SET schema_internal = ?, schema_external = ?,"
            + " api_extensions = ?, failure_domain = ?, certificate = ? WHERE name = ?",
        versions.internal(),
        versions.external(),
        text(versions.extensions()),
        domain,
        certificate,
        name);
  }

  static void certificate(Session session, String name, String certificate) throws DqliteException {
    session.execute(
        "UPDATE core_cluster_members SET certificate = ? WHERE name = ?", certificate, name);
  }

  static void remove(Session session, String name) throws DqliteException {
    session.execute("DELETE FROM core_cluster_members WHERE name = ?", name);
  }

  static void heartbeat(Session session, String name, Instant at) throws DqliteException {
    session.execute(
        "UPDATE core_cluster_members SET heartbeat = ? WHERE name = ?", at.toString(), name);
  }

  static void role(Session session, long nodeId, String role) throws DqliteException {
    session.execute("UPDATE core_cluster_members SET role = ? WHERE node_id = ?", role, nodeId);
  }

  private static String text(List<String> extensions) {
    try {
      return JSON.writeValueAsString(extensions);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> extensions(String text) {
    try {
      return List.of(JSON.readValue(text, String[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("api_extensions = " + text + ": a list is wanted", e);
    }
  }
}

package io.kneard.database;

import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Row;
import io.kneard.dqlite.Session;
import java.util.List;

/**
 * The tables, as the steps that lead to them. A step is never changed once it was released; a new
 * version is a new step.
 *
 * @param internal steps of the cluster's own tables; the first makes version 1
 * @param external steps of the other tables
 */
public record Schema(List<Step> internal, List<Step> external) {
  private static final String INTERNAL = "internal";
  private static final String EXTERNAL = "external";

  /** Statements that lead from one version to the next. */
  public record Step(List<String> statements) {
    /** A step of these statements. */
    public static Step of(String... statements) {
      return new Step(List.of(statements));
    }
  }

  /** Keeps its own lists. */
  public Schema {
    internal = List.copyOf(internal);
    external = List.copyOf(external);
  }

  /** The versions of this schema, with those extensions of the API. */
  public Versions versions(List<String> extensions) {
    return new Versions(internal.size(), external.size(), extensions);
  }

  /** Whether there are any tables yet. */
  static boolean isEmpty(Session session) throws DqliteException {
    return session.query("SELECT 1 FROM sqlite_master WHERE name = 'core_schema'").isEmpty();
  }

  /**
   * Runs the steps that are missing; within a transaction, so that they run once.
   *
   * @return whether there were any
   */
  public boolean update(Session session) throws DqliteException {
    if (isEmpty(session)) {
      session.execute("CREATE TABLE core_schema (kind TEXT PRIMARY KEY, version INTEGER NOT NULL)");
      session.execute("INSERT INTO core_schema VALUES ('internal', 0), ('external', 0)");
    }
    boolean first = update(session, INTERNAL, internal);
    return update(session, EXTERNAL, external) || first;
  }

  private static boolean update(Session session, String kind, List<Step> steps)
      throws DqliteException {
    List<Row> rows = session.query("SELECT version FROM core_schema WHERE kind = ?", kind);
    int version = Math.toIntExact(rows.get(0).whole(0));
    for (Step step : steps.subList(Math.min(version, steps.size()), steps.size())) {
      for (String statement : step.statements()) {
        session.execute(statement);
      }
    }
    if (version >= steps.size()) {
      return false;
    }
    session.execute("UPDATE core_schema SET version = ? WHERE kind = ?", steps.size(), kind);
    return true;
  }
}

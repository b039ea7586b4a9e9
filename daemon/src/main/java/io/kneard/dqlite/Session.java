package io.kneard.dqlite;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A connection to the leader with the database open, on which each statement is prepared once. One
 * statement for each call: what comes after the first is not run, and not noticed either.
 */
public final class Session {
  /** More than a program has; the eldest is forgotten. */
  private static final int STATEMENTS = 128;

  /** A call that is sent gets at least that, or its outcome would be unknown for no reason. */
  private static final Duration SHORTEST_CALL = Duration.ofMillis(500);

  private final Connection connection;
  private final Map<String, Statement> prepared = new LinkedHashMap<>(16, 0.75f, true);

  private Deadline deadline;

  Session(Connection connection, Deadline deadline) {
    this.connection = connection;
    this.deadline = deadline;
  }

  /** From now on, until when calls may take. */
  void deadline(Deadline value) {
    deadline = value;
  }

  /** Runs a statement that returns no rows. */
  public Result execute(String sql, Object... parameters) throws DqliteException {
    return prepared(sql).execute(parameters);
  }

  /** Runs a statement that returns rows, and reads them all. */
  public List<Row> query(String sql, Object... parameters) throws DqliteException {
    try (Rows rows = stream(sql, parameters)) {
      return rows.all();
    }
  }

  /**
   * Runs a statement that returns rows. They have to be read before the next call; to close them
   * earlier ends the connection.
   */
  public Rows stream(String sql, Object... parameters) throws DqliteException {
    return prepared(sql).query(parameters);
  }

  /** The connection, with as much time for the next call as there is. */
  Connection connection() {
    Duration left = deadline.remaining();
    connection.timeout(left.compareTo(SHORTEST_CALL) > 0 ? left : SHORTEST_CALL);
    return connection;
  }

  private Statement prepared(String sql) throws DqliteException {
    connection();
    Statement known = prepared.get(sql);
    if (known != null) {
      return known;
    }
    if (prepared.size() >= STATEMENTS) {
      String eldest = prepared.keySet().iterator().next();
      prepared.remove(eldest).forget();
    }
    Statement statement = connection.prepare(sql);
    prepared.put(sql, statement);
    return statement;
  }
}

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

  /** Whether it has waited for its use, and nothing was heard from its node since. */
  private boolean doubtful;

  private boolean fresh = true;

  Session(Connection connection, Deadline deadline) {
    this.connection = connection;
    this.deadline = deadline;
  }

  /** From now on, until when calls may take. */
  void begin(Deadline value) {
    deadline = value;
    doubtful = !fresh;
    fresh = false;
  }

  /** Begins a transaction; as text, see {@link Transaction}. */
  void beginTransaction() throws DqliteException {
    connection.timeout(timeForNoEffect());
    connection.execute("BEGIN IMMEDIATE");
    doubtful = false;
  }

  /** Ends it, and keeps what it did. */
  void commit() throws DqliteException {
    connection.timeout(longer(deadline.remaining()));
    connection.execute("COMMIT");
  }

  /** Ends it, and undoes what it did. */
  void rollBack() throws DqliteException {
    connection.timeout(longer(deadline.remaining()));
    connection.execute("ROLLBACK");
  }

  /** Runs a statement that returns no rows. */
  public Result execute(String sql, Object... parameters) throws DqliteException {
    Statement statement = prepared(sql);
    connection.timeout(longer(deadline.remaining()));
    return statement.execute(parameters);
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
    Statement statement = prepared(sql);
    connection.timeout(timeForNoEffect());
    Rows rows = statement.query(parameters);
    doubtful = false;
    return rows;
  }

  private Statement prepared(String sql) throws DqliteException {
    Statement known = prepared.get(sql);
    if (known != null) {
      return known;
    }
    connection.timeout(timeForNoEffect());
    if (prepared.size() >= STATEMENTS) {
      String eldest = prepared.keySet().iterator().next();
      prepared.remove(eldest).forget();
    }
    Statement statement = connection.prepare(sql);
    doubtful = false;
    prepared.put(sql, statement);
    return statement;
  }

  /** If the node may be gone, there has to be time left for finding another. */
  private Duration timeForNoEffect() {
    Duration left = deadline.remaining();
    return longer(doubtful ? left.dividedBy(2) : left);
  }

  private static Duration longer(Duration time) {
    return time.compareTo(SHORTEST_CALL) > 0 ? time : SHORTEST_CALL;
  }

  String address() {
    return connection.address();
  }

  boolean usable() {
    return connection.usable();
  }

  void close() {
    connection.close();
  }
}

package io.kneard.dqlite;

import io.kneard.dqlite.wire.MessageReader;
import io.kneard.dqlite.wire.MessageReader.PartEnd;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A result that comes in parts: only one part is in memory. Each part may take the connection's
 * time-out.
 */
public final class Rows implements AutoCloseable {
  private final Conversation node;
  private final Deque<List<Value>> part = new ArrayDeque<>();
  private List<String> columns = List.of();
  private boolean more;

  Rows(Conversation node, MessageReader first) throws DqliteException {
    this.node = node;
    take(first);
  }

  /** The names of the columns. */
  public List<String> columns() {
    return columns;
  }

  /** The next row; empty after the last. */
  public Optional<Row> next() throws DqliteException {
    while (part.isEmpty() && more) {
      take(node.receiveNext());
    }
    return Optional.ofNullable(part.poll()).map(values -> new Row(columns, values));
  }

  /** All rows that are left. */
  public List<Row> all() throws DqliteException {
    List<Row> rows = new ArrayList<>();
    for (Optional<Row> row = next(); row.isPresent(); row = next()) {
      rows.add(row.get());
    }
    return rows;
  }

  private void take(MessageReader message) throws DqliteException {
    List<List<Value>> rows = new ArrayList<>();
    more =
        node.parse(
            message,
            it -> {
              columns = it.columns();
              return it.rows(columns.size(), rows) == PartEnd.MORE;
            });
    part.addAll(rows);
  }

  /**
   * Ends it. If there is more to come the connection ends as well: the library would first send all
   * of it, however much that is, also when it is asked to stop.
   */
  @Override
  public void close() {
    part.clear();
    if (more) {
      more = false;
      node.close();
    }
  }
}

package io.kneard.dqlite;

import io.kneard.dqlite.wire.MessageReader;
import io.kneard.dqlite.wire.MessageReader.PartEnd;
import io.kneard.dqlite.wire.MessageWriter;
import io.kneard.dqlite.wire.Request;
import io.kneard.dqlite.wire.Response;
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

  /** Lets the node stop sending, if there is more. */
  @Override
  public void close() throws DqliteException {
    part.clear();
    if (!more || !node.usable()) {
      return;
    }
    more = false;
    node.send(new MessageWriter(Request.INTERRUPT).word(0));
    while (node.receive(Effect.NONE).type() != Response.EMPTY) {
      // A part that was under way.
    }
  }
}

package io.kneard.dqlite;

import io.kneard.dqlite.wire.MessageReader;
import io.kneard.dqlite.wire.MessageWriter;
import io.kneard.dqlite.wire.Request;
import io.kneard.dqlite.wire.Response;

/** A prepared statement. It ends with its connection, or before, when it is closed. */
public final class Statement {
  private static final int DATABASE = 0;

  private final Conversation node;
  private final int id;
  private final long parameterCount;

  Statement(Conversation node, int id, long parameterCount) {
    this.node = node;
    this.id = id;
    this.parameterCount = parameterCount;
  }

  /** Runs it; for one that returns no rows. */
  public Result execute(Object... parameters) throws DqliteException {
    return result(node, node.ask(Effect.WRITE, request(Request.EXEC, parameters), Response.RESULT));
  }

  /**
   * Runs it; for one that returns rows. They have to be read before the next call; to close them
   * earlier ends the connection.
   */
  public Rows query(Object... parameters) throws DqliteException {
    return new Rows(node, node.ask(Effect.NONE, request(Request.QUERY, parameters), Response.ROWS));
  }

  private MessageWriter request(Request type, Object... parameters) {
    if (parameters.length != parameterCount) {
      throw new IllegalArgumentException(
          parameters.length + " parameters: the statement has " + parameterCount);
    }
    return new MessageWriter(type).halves(DATABASE, id).parameters(Connection.values(parameters));
  }

  /** Lets the node forget it. */
  public void forget() throws DqliteException {
    node.ask(Effect.NONE, new MessageWriter(Request.FINALIZE).halves(DATABASE, id), Response.EMPTY);
  }

  static Result result(Conversation node, MessageReader answer) throws DqliteException {
    return node.parse(Effect.WRITE, answer, it -> new Result(it.word(), it.word()));
  }
}

package io.kneard.dqlite;

import io.kneard.dqlite.wire.MessageReader;
import io.kneard.dqlite.wire.MessageWriter;
import io.kneard.dqlite.wire.Request;
import io.kneard.dqlite.wire.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A connection to one node, for one thread at a time. The node must lead the cluster for everything
 * that reads or writes data.
 *
 * <p>Every call ends within the connection's time-out. One that fails in another way than by the
 * node's own word closes the connection, since an answer that comes late would be taken for that of
 * the next request.
 */
public final class Connection implements AutoCloseable {
  /** The library knows one database for each connection. */
  private static final int DATABASE = 0;

  private final Conversation node;
  private final String address;

  private Connection(Conversation node, String address) {
    this.node = node;
    this.address = address;
  }

  /**
   * Connects through a node's local socket.
   *
   * @param socket the socket of the node on this host, {@link NodeHome#socket}
   * @param address the node to talk to: this one, or another one of the cluster
   * @param timeout for the connection, and then for each call
   */
  public static Connection connect(Path socket, String address, Duration timeout)
      throws NodeUnreachable {
    return new Connection(Conversation.begin(socket, address, timeout), address);
  }

  /** Opens the database of that name, and makes it if there is none. Once for each connection. */
  public void open(String database) throws DqliteException {
    node.ask(
        Effect.NONE,
        new MessageWriter(Request.OPEN).text(database).word(0).text("volatile"),
        Response.DATABASE);
  }

  /**
   * Runs a statement that returns no rows. Several, separated by semicolons, may be given without
   * parameters; they are not one transaction, and if one fails those before it stay done.
   */
  public Result execute(String sql, Object... parameters) throws DqliteException {
    MessageReader answer =
        node.ask(
            Effect.WRITE,
            new MessageWriter(Request.EXEC_SQL)
                .word(DATABASE)
                .text(sql)
                .parameters(values(parameters)),
            Response.RESULT);
    return Statement.result(node, answer);
  }

  /**
   * Runs a statement that returns rows. They have to be read before the next call; to close them
   * earlier ends the connection.
   */
  public Rows query(String sql, Object... parameters) throws DqliteException {
    MessageReader answer =
        node.ask(
            Effect.NONE,
            new MessageWriter(Request.QUERY_SQL)
                .word(DATABASE)
                .text(sql)
                .parameters(values(parameters)),
            Response.ROWS);
    return new Rows(node, answer);
  }

  /** Prepares one statement, to be run any number of times. */
  public Statement prepare(String sql) throws DqliteException {
    MessageReader answer =
        node.ask(
            Effect.NONE,
            new MessageWriter(Request.PREPARE).word(DATABASE).text(sql),
            Response.STATEMENT);
    return node.parse(
        answer,
        it -> {
          it.half();
          return new Statement(node, it.half(), it.word());
        });
  }

  /** The calls about the cluster and its nodes. */
  public NodeCalls cluster() {
    return new NodeCalls(node);
  }

  /** From now on, how long a call may take. */
  public void timeout(Duration timeout) {
    node.timeout(timeout);
  }

  /** The node it leads to. */
  String address() {
    return address;
  }

  /** Whether it can still be used. */
  public boolean usable() {
    return node.usable();
  }

  @Override
  public void close() {
    node.close();
  }

  static List<Value> values(Object... parameters) {
    return Stream.of(parameters).map(Value::of).toList();
  }
}

package io.kneard.dqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The database, wherever it leads at the moment: finds the leader, keeps a few connections to it,
 * and makes again what is known to have had no effect, until the time-out. What may have had one is
 * never made again here: {@link OutcomeUnknown} tells the caller to look first.
 *
 * <p>For any number of threads. Blocks no longer than the time-out, but for a call that was sent
 * just before its end, which may take its own.
 */
public final class DqliteClient implements AutoCloseable {
  private static final int SHORTEST_PAUSE_MILLIS = 2;
  private static final int LONGEST_PAUSE_MILLIS = 50;

  private final LeaderFinder finder;
  private final SessionPool pool;
  private final Duration timeout;

  /**
   * A client for one database.
   *
   * @param socket the socket of the node on this host, {@link NodeHome#socket}
   * @param ownAddress the address of that node
   * @param database the name of the database; it is made if there is none
   * @param connections how many calls may be under way at once
   * @param timeout how long an operation may take, with all it needs to find a leader
   */
  public DqliteClient(
      Path socket, String ownAddress, String database, int connections, Duration timeout) {
    this.finder = new LeaderFinder(socket, ownAddress);
    this.pool = new SessionPool(finder, database, connections);
    this.timeout = timeout;
  }

  /**
   * Names nodes that may know who leads. A node that has no vote does not know it itself, and right
   * after its start it knows no other node either.
   */
  public void know(List<String> addresses) {
    finder.know(addresses);
  }

  /** What is done on a session. */
  public interface Work<T> {
    /** Does it. */
    T run(Session session) throws DqliteException;
  }

  /** Runs one statement that returns no rows, as a transaction of its own. */
  public Result execute(String sql, Object... parameters) throws DqliteException {
    return repeat(session -> session.execute(sql, parameters));
  }

  /** Runs one statement that returns rows, and reads them all. */
  public List<Row> query(String sql, Object... parameters) throws DqliteException {
    return repeat(session -> session.query(sql, parameters));
  }

  /** Reads, on one connection; the work must not write. It may run more than once. */
  public <T> T read(Work<T> work) throws DqliteException {
    return repeat(work);
  }

  /**
   * Runs work as one transaction: all of it or nothing. The work may run more than once, but only
   * if what it did before was undone, so it must have no effect but on the session.
   *
   * @throws OutcomeUnknown if the commit may or may not have happened
   */
  public <T> T transaction(Work<T> work) throws DqliteException {
    return repeat(session -> Transaction.run(session, work));
  }

  /** Makes calls about the cluster to its leader, once; each call may take the time-out. */
  public <T> T leader(ClusterWork<T> work) throws DqliteException {
    try (Connection connection = finder.find(Deadline.after(timeout))) {
      connection.timeout(timeout);
      return work.run(connection.cluster());
    }
  }

  /** What is asked of the leader. */
  public interface ClusterWork<T> {
    /** Does it. */
    T run(NodeCalls leader) throws DqliteException;
  }

  private <T> T repeat(Work<T> work) throws DqliteException {
    Deadline deadline = Deadline.after(timeout);
    int pause = SHORTEST_PAUSE_MILLIS;
    while (true) {
      try {
        return pool.with(deadline, work);
      } catch (NotLeader | NodeUnreachable e) {
        giveUp(e, deadline);
      } catch (RequestFailed e) {
        if (!e.busy()) {
          throw e;
        }
        giveUp(e, deadline);
      }
      pause(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
    }
  }

  private static void giveUp(DqliteException e, Deadline deadline) throws DqliteException {
    if (deadline.passed() || Thread.currentThread().isInterrupted()) {
      throw e;
    }
  }

  /** By chance, so that two that were in each other's way do not meet again. */
  private static void pause(int most) {
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(1, most + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}

package io.kneard.dqlite;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sessions that wait for their next use; the one used last is used first. When one breaks, those to
 * the same node are given up too: each would cost its user a time-out.
 */
final class SessionPool implements AutoCloseable {
  private final LeaderFinder finder;
  private final String database;
  private final Semaphore places;
  private final Deque<Session> idle = new ArrayDeque<>();
  private boolean closed;

  SessionPool(LeaderFinder finder, String database, int size) {
    this.finder = finder;
    this.database = database;
    this.places = new Semaphore(size, true);
  }

  /** Works on a session; one that is not fit for the next work is closed. */
  <T> T with(Deadline deadline, DqliteClient.Work<T> work) throws DqliteException {
    enter(deadline);
    try {
      Session session = take(deadline);
      boolean fit = false;
      try {
        session.begin(deadline);
        T result = work.run(session);
        fit = true;
        return result;
      } catch (RequestFailed e) {
        fit = true;
        throw e;
      } finally {
        give(session, fit);
      }
    } finally {
      places.release();
    }
  }

  private void enter(Deadline deadline) throws NodeUnreachable {
    try {
      if (!places.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new NodeUnreachable("all connections to the leader are in use", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeUnreachable("interrupted", e);
    }
  }

  private Session take(Deadline deadline) throws DqliteException {
    synchronized (idle) {
      Session known = idle.poll();
      if (known != null) {
        return known;
      }
      if (closed) {
        throw new IllegalStateException("the client is closed");
      }
    }
    Connection connection = finder.find(deadline);
    try {
      connection.timeout(deadline.remaining());
      connection.open(database);
      return new Session(connection, deadline);
    } catch (DqliteException e) {
      connection.close();
      throw e;
    }
  }

  private void give(Session session, boolean fit) {
    synchronized (idle) {
      if (fit && !closed && session.usable()) {
        idle.push(session);
        return;
      }
      if (!session.usable()) {
        finder.doubt(session.address());
        idle.removeIf(other -> endsIfAt(session.address(), other));
      }
    }
    session.close();
  }

  private static boolean endsIfAt(String address, Session session) {
    boolean same = session.address().equals(address);
    if (same) {
      session.close();
    }
    return same;
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(Session::close);
      idle.clear();
    }
  }
}

package io.kneard.dqlite;

/**
 * One transaction on a session. What begins and ends it is not prepared: the node sees by its text
 * that nobody else can write meanwhile, and ends the connection of a client that is silent then.
 */
final class Transaction {
  private Transaction() {}

  /**
   * Begins, works and commits. Nothing is replicated before the commit, so whatever fails before it
   * is sent had no effect.
   */
  static <T> T run(Session session, DqliteClient.Work<T> work) throws DqliteException {
    T result;
    begin(session);
    try {
      result = work.run(session);
    } catch (OutcomeUnknown e) {
      session.close();
      throw new NodeUnreachable(e.getMessage(), e);
    } catch (DqliteException | RuntimeException | Error e) {
      rollBack(session);
      throw e;
    }
    commit(session);
    return result;
  }

  /**
   * While somebody else writes, the node refuses it, and the next try is made on the same session:
   * a new connection costs more than most waits. The rollback is refused as well; by its text the
   * node sees that no transaction is open.
   */
  private static void begin(Session session) throws DqliteException {
    try {
      session.beginTransaction();
    } catch (OutcomeUnknown e) {
      session.close();
      throw new NodeUnreachable(e.getMessage(), e);
    } catch (RequestFailed e) {
      endUnbegun(session, e);
      throw e;
    } catch (DqliteException | RuntimeException | Error e) {
      rollBack(session);
      throw e;
    }
  }

  private static void endUnbegun(Session session, RequestFailed why) {
    try {
      session.rollBack();
    } catch (RequestFailed e) {
      why.addSuppressed(e);
    } catch (DqliteException e) {
      session.close();
    }
  }

  private static void commit(Session session) throws DqliteException {
    try {
      session.commit();
    } catch (RequestFailed | NotLeader e) {
      rollBack(session);
      throw e;
    }
  }

  /** The end of the connection rolls back as well. */
  private static void rollBack(Session session) {
    try {
      session.rollBack();
    } catch (DqliteException e) {
      session.close();
    }
  }
}

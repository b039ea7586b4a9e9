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
    try {
      session.beginTransaction();
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

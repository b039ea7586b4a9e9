package io.kneard.dqlite;

/** What the code of a failure says of the request's effect. */
enum FailureCode {
  /** Nothing was done: the node does not lead, or has not led all the time since it was asked. */
  NOT_LEADER,
  /** It was under way when something broke. */
  UNDECIDED,
  /** Nothing was done: the request is wrong or something is in its way. */
  REFUSED;

  /** SQLITE_IOERR, which dqlite also uses with numbers of its own in the second byte. */
  private static final int IO_ERROR = 10;

  /** SQLITE_ABORT: the node is stopping. */
  private static final int ABORT = 4;

  private static final int NOT_LEADER_CODE = IO_ERROR | 40 << 8;

  /** SQLITE_NOTFOUND: the connection has no database, or not that statement. */
  private static final int NOT_FOUND = 12;

  /**
   * A node that loses the lead closes the databases and leaves the connections open; if it leads
   * again they are of no use.
   */
  private static final String NO_DATABASE = "no database opened";

  static FailureCode of(int code, String message) {
    boolean closed = code == NOT_FOUND && message.startsWith(NO_DATABASE);
    if (code == NOT_LEADER_CODE || closed) {
      return NOT_LEADER;
    }
    int primary = code & 0xff;
    return primary == IO_ERROR || primary == ABORT ? UNDECIDED : REFUSED;
  }
}

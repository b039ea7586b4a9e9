package io.kneard.dqlite;

/** What the code of a failure says of the request's effect. */
enum FailureCode {
  /** Nothing was done: the node does not lead. */
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

  static FailureCode of(int code) {
    if (code == NOT_LEADER_CODE) {
      return NOT_LEADER;
    }
    int primary = code & 0xff;
    return primary == IO_ERROR || primary == ABORT ? UNDECIDED : REFUSED;
  }
}

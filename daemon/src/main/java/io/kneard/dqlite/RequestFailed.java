package io.kneard.dqlite;

/** The node looked at the request and said no: it had no effect. */
public final class RequestFailed extends DqliteException {
  private static final long serialVersionUID = 1;

  private static final int BUSY = 5;
  private static final int CONSTRAINT = 19;
  private static final int PRIMARY = 0xff;

  private final int code;

  RequestFailed(int code, String message) {
    super(message + " (code " + code + ")", null);
    this.code = code;
  }

  /** SQLite's extended result code (sqlite.org/rescode.html). */
  public int code() {
    return code;
  }

  /** Whether another transaction or a checkpoint was in the way: the same request may succeed. */
  public boolean busy() {
    return (code & PRIMARY) == BUSY;
  }

  /** Whether a constraint, such as a unique key, forbids it. */
  public boolean constraint() {
    return (code & PRIMARY) == CONSTRAINT;
  }
}

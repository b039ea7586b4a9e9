package io.kneard.database;

/** The database cannot be used now; the message is the state's, or says what failed. */
public final class DatabaseUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  /** For a host that has no database. */
  public DatabaseUnavailable(String message) {
    super(message);
  }

  DatabaseUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}

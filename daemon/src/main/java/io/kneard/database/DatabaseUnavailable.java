package io.kneard.database;

/** The database cannot be used now; the message is the state's, or says what failed. */
public final class DatabaseUnavailable extends Exception {
  private static final long serialVersionUID = 1;

  DatabaseUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}

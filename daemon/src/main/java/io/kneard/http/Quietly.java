package io.kneard.http;

import java.io.Closeable;
import java.io.IOException;

/** Closes what nobody can do anything about if closing fails. */
final class Quietly {
  private Quietly() {}

  static void close(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // The connection is gone either way.
    }
  }
}

package io.kneard.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a request is answered with. */
public sealed interface Answer {

  /** The HTTP status. */
  int status();

  /** The media type. */
  String contentType();

  /**
   * An answer that is complete.
   *
   * @param headers in addition to those that the server sets itself
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, sent once
  record Whole(int status, String contentType, byte[] body, Map<String, String> headers)
      implements Answer {}

  /** An answer that goes on until its source ends or the caller leaves; the status is 200. */
  record Stream(String contentType, Source source) implements Answer {
    @Override
    public int status() {
      return 200;
    }
  }

  /** Where a {@link Stream} comes from. */
  interface Source extends AutoCloseable {
    /**
     * Writes until there is no more. Every {@link OutputStream#flush} sends what was written.
     *
     * @throws IOException if the caller has left or does not read
     */
    void writeTo(OutputStream out) throws IOException;

    /** Always called, also if {@link #writeTo} never was. */
    @Override
    void close();
  }

  /** A complete answer of UTF-8 text. */
  static Answer text(int status, String contentType, String body) {
    return new Whole(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }
}

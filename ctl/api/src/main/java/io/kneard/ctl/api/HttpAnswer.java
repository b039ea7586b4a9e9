package io.kneard.ctl.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The head of an HTTP/1.1 answer, and its body as a stream of its own (RFC 9112).
 *
 * @param status 200 to 599
 * @param headers by name in lower case
 * @param body ends where the answer's body ends; an answer cut short is an {@link EOFException}
 */
record HttpAnswer(int status, Map<String, String> headers, InputStream body) {
  static final int MAX_HEAD_BYTES = 16 * 1024;
  private static final int MAX_HEADERS = 64;
  private static final int MAX_INTERIM_ANSWERS = 8;

  /** Reads the head; interim answers (1xx) are passed over. */
  static HttpAnswer read(InputStream in) throws IOException {
    for (int i = 0; i <= MAX_INTERIM_ANSWERS; i++) {
      HttpLines lines = new HttpLines(in, MAX_HEAD_BYTES);
      int status = status(lines.next());
      Map<String, String> headers = headers(lines);
      if (status >= 200) {
        return new HttpAnswer(status, headers, body(status, headers, in));
      }
    }
    throw new ProtocolException("more than " + MAX_INTERIM_ANSWERS + " interim answers");
  }

  /** The whole body, at most {@code most} bytes. */
  byte[] wholeBody(int most) throws IOException {
    byte[] bytes = body.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new ProtocolException("the body has more than " + most + " bytes");
    }
    return bytes;
  }

  private static int status(String line) throws ProtocolException {
    // HTTP/1.1 SP 3DIGIT [ SP reason ]
    boolean shaped =
        line.startsWith("HTTP/1.")
            && line.length() >= 12
            && isDigit(line.charAt(7))
            && line.charAt(8) == ' '
            && (line.length() == 12 || line.charAt(12) == ' ');
    int status = 0;
    for (int i = 9; shaped && i < 12; i++) {
      shaped = isDigit(line.charAt(i));
      status = status * 10 + (line.charAt(i) - '0');
    }
    if (!shaped || status < 100 || status > 599) {
      throw new ProtocolException("this is not HTTP: " + HttpLines.quote(line));
    }
    return status;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Map<String, String> headers(HttpLines lines) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
      int colon = line.indexOf(':');
      if (colon <= 0 || line.charAt(0) <= ' ' || line.charAt(colon - 1) <= ' ') {
        throw new ProtocolException("not a header: " + HttpLines.quote(line));
      }
      if (headers.size() == MAX_HEADERS) {
        throw new ProtocolException("more than " + MAX_HEADERS + " headers");
      }
      // A header that comes twice means the same as one with both values.
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (first, second) -> first + ", " + second);
    }
    return headers;
  }

  private static InputStream body(int status, Map<String, String> headers, InputStream in)
      throws ProtocolException {
    String coding = headers.get("transfer-encoding");
    String length = headers.get("content-length");
    if (status == 204 || status == 304) {
      return InputStream.nullInputStream();
    }
    if (coding != null && length != null) {
      throw new ProtocolException("both Transfer-Encoding and Content-Length");
    }
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new ProtocolException("Transfer-Encoding " + HttpLines.quote(coding));
      }
      return new ChunkedBody(in);
    }
    // Without either, the body ends with the connection.
    return length == null ? in : new SizedBody(in, length(length));
  }

  private static long length(String text) throws ProtocolException {
    if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> isDigit((char) c))) {
      throw new ProtocolException("Content-Length " + HttpLines.quote(text));
    }
    return Long.parseLong(text);
  }

  /** Text of a body, for a message. */
  static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}

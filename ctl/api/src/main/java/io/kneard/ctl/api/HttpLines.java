package io.kneard.ctl.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** Lines that end in CRLF (a lone LF is accepted, RFC 9112 2.2), together of a bounded size. */
final class HttpLines {
  private static final int QUOTED_CHARACTERS = 60;

  private final InputStream in;
  private final int most;
  private int left;

  /**
   * @param most bytes that all lines may have together
   */
  HttpLines(InputStream in, int most) {
    this.in = in;
    this.most = most;
    this.left = most;
  }

  /** The next line without its end. */
  String next() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the connection ended before the answer did");
      }
      if (--left < 0) {
        throw new ProtocolException("the head is larger than " + most + " bytes");
      }
      if (b == '\n') {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
          line.setLength(last);
        }
        return line.toString();
      }
      line.append((char) b);
    }
  }

  /** The beginning of a text that came from elsewhere, fit for a message. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .limit(QUOTED_CHARACTERS)
        .forEach(c -> quoted.append(c >= ' ' && c < 0x7f ? (char) c : '.'));
    return quoted.append(text.length() > QUOTED_CHARACTERS ? "...\"" : "\"").toString();
  }
}

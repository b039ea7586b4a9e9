package io.kneard.ctl.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** A body in chunks (RFC 9112 7.1); chunk extensions and trailers are read and dropped. */
final class ChunkedBody extends InputStream {
  private static final int MAX_SIZE_LINE_BYTES = 256;
  private static final int MAX_TRAILER_BYTES = 4 * 1024;
  private static final int MAX_SIZE_DIGITS = 7;

  private final InputStream in;
  private int left;
  private boolean started;
  private boolean ended;

  ChunkedBody(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(target, offset, Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the connection ended inside a chunk");
    }
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    HttpLines lines = new HttpLines(in, MAX_SIZE_LINE_BYTES);
    if (started) {
      String rest = lines.next();
      if (!rest.isEmpty()) {
        throw new ProtocolException("a chunk is longer than its size: " + HttpLines.quote(rest));
      }
    }
    started = true;
    left = size(lines.next());
    if (left == 0) {
      ended = true;
      HttpLines trailers = new HttpLines(in, MAX_TRAILER_BYTES);
      while (!trailers.next().isEmpty()) {
        // A trailer says nothing that is needed here.
      }
    }
  }

  private static int size(String line) throws ProtocolException {
    int end = line.indexOf(';');
    String digits = (end < 0 ? line : line.substring(0, end)).strip();
    boolean hex = digits.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    if (digits.isEmpty() || digits.length() > MAX_SIZE_DIGITS || !hex) {
      throw new ProtocolException("not the size of a chunk: " + HttpLines.quote(line));
    }
    return Integer.parseInt(digits, 16);
  }
}

package io.kneard.ctl.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Exactly as many bytes as announced. */
final class SizedBody extends InputStream {
  private final InputStream in;
  private final long size;
  private long left;

  SizedBody(InputStream in, long size) {
    this.in = in;
    this.size = size;
    this.left = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = in.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the body ended after " + (size - left) + " of " + size + " bytes");
    }
    left -= count;
    return count;
  }
}

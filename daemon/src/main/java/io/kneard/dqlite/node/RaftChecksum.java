package io.kneard.dqlite.node;

import java.nio.ByteBuffer;

/**
 * The checksum in the library's log files: a CRC with the usual polynomial of 32 bits, most
 * significant bit first, that begins with 0 and is not inverted; so not {@link
 * java.util.zip.CRC32}.
 */
final class RaftChecksum {
  private static final int POLYNOMIAL = 0x04c11db7;
  private static final int[] TABLE = table();

  private RaftChecksum() {}

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int value = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        value = value << 1 ^ (value < 0 ? POLYNOMIAL : 0);
      }
      table[i] = value;
    }
    return table;
  }

  static int of(ByteBuffer content, int from, int to) {
    int checksum = 0;
    for (int i = from; i < to; i++) {
      checksum = checksum << 8 ^ TABLE[(checksum >>> 24) ^ (content.get(i) & 0xff)];
    }
    return checksum;
  }
}

package io.kneard.datamesh;

/**
 * How large a backing volume has to be: DRBD keeps its metadata at the end of it. A bit per block
 * of the whole backing volume for each of seven peers, the activity log and the superblock
 * (drbdmeta, format v09, internal).
 */
public final class BackingSize {
  /** DRBD addresses blocks of this size, bytes. */
  public static final long BLOCK = 4096;

  private static final long PEERS = Member.MAX_ID;
  private static final long WORD_BITS = 64;
  private static final long LOG_AND_SUPERBLOCK = 9 * BLOCK;

  private BackingSize() {}

  /** Bytes a volume of this size has: whole blocks. */
  public static long usable(long bytes) {
    return roundUp(bytes, BLOCK);
  }

  /** The fewest bytes of backing volume that give so many usable ones. */
  public static long needed(long bytes) {
    long usable = usable(bytes);
    long size = usable;
    while (size - metadata(size) < usable) {
      size = usable + metadata(size);
    }
    return size;
  }

  private static long metadata(long size) {
    long bitmapBytes = roundUp(size / BLOCK, WORD_BITS) / 8;
    return roundUp(PEERS * bitmapBytes, BLOCK) + LOG_AND_SUPERBLOCK;
  }

  private static long roundUp(long value, long unit) {
    return (value + unit - 1) / unit * unit;
  }
}

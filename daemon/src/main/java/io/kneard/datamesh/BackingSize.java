package io.kneard.datamesh;

/**
 * How large a backing volume has to be: DRBD keeps its metadata at the end of it. One bit per 4 KiB
 * block and peer, for seven peers, then the activity log and the superblock (drbdmeta, format v09,
 * internal).
 */
public final class BackingSize {
  /** DRBD addresses blocks of this size. */
  public static final long BLOCK = 4096;

  private static final long BITMAP_PEERS = Member.MAX_ID;
  private static final long LOG_AND_SUPERBLOCK = 10 * BLOCK;

  private BackingSize() {}

  /** Bytes a volume of this size has: whole blocks. */
  public static long usable(long bytes) {
    return roundUp(bytes);
  }

  /** Bytes of backing volume that give so many usable ones. */
  public static long needed(long usable) {
    long blocks = roundUp(usable) / BLOCK;
    long bitmap = roundUp((blocks + 7) / 8);
    return roundUp(usable) + BITMAP_PEERS * bitmap + LOG_AND_SUPERBLOCK;
  }

  private static long roundUp(long bytes) {
    return (bytes + BLOCK - 1) / BLOCK * BLOCK;
  }
}

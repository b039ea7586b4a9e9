package io.kneard.drbdstandin;

/** How much of a disk is left for data, by the format of the metadata at its end. */
final class Size {
  private static final long BLOCK = 4096;
  private static final long PEERS = 7;

  private Size() {}

  static long usable(Disk disk) {
    long bitmap = (disk.size / BLOCK + 63) / 64 * 8;
    long metadata = (PEERS * bitmap + BLOCK - 1) / BLOCK * BLOCK + 9 * BLOCK;
    return (disk.size - metadata) / BLOCK * BLOCK;
  }
}

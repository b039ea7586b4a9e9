package io.kneard.datamesh;

/**
 * How many members a protection takes, and the two numbers of DRBD's quorum that go with it.
 *
 * @param diskful voters with a disk
 * @param tieBreakers 0 or 1
 * @param q votes needed
 * @param qmr UpToDate copies needed
 */
public record Layout(int diskful, int tieBreakers, int q, int qmr) {

  /** For so many failures to tolerate before data loss, and before unavailability. */
  public static Layout of(int fttBdl, int fttBua) {
    int diskful = fttBua + fttBdl + 1;
    return new Layout(
        diskful, tieBreakersNeeded(diskful, fttBua), majority(diskful), copies(fttBdl));
  }

  /** Votes needed among so many voters; 1 where there are none. */
  public static int majority(int voters) {
    return voters / 2 + 1;
  }

  /** UpToDate copies needed, so that so many disks may be lost without loss of data. */
  public static int copies(int fttBdl) {
    return fttBdl + 1;
  }

  /** 1 where so many voters survive so many failures only with the help of a tiebreaker, else 0. */
  public static int tieBreakersNeeded(int voters, int fttBua) {
    return voters > 0 && voters % 2 == 0 && fttBua == voters / 2 ? 1 : 0;
  }

  /** Like {@code 4D+1TB}. */
  @Override
  public String toString() {
    return tieBreakers == 0 ? diskful + "D" : diskful + "D+" + tieBreakers + "TB";
  }
}

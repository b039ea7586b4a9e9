package io.kneard.datamesh;

/**
 * How well a volume is protected at this moment, beside what was asked for.
 *
 * <p>The two numbers are failures to tolerate; negative ones mean that it has already gone too far.
 * They mean nothing while {@code known} is false: no voter has said anything.
 *
 * @param voters members with a vote
 * @param reachable those that are there and part of the quorum
 * @param upToDate those that have the data
 * @param tieBreakers members that decide a tie
 * @param reachableTieBreakers those that are there
 * @param silent voters and tiebreakers that say nothing
 * @param fttBua before unavailability
 * @param fttBdl before data loss
 */
public record Protection(
    int voters,
    int reachable,
    int upToDate,
    int tieBreakers,
    int reachableTieBreakers,
    int silent,
    boolean known,
    int fttBua,
    int fttBdl) {

  /** The formulas, from the counts. */
  public static Protection of(
      Mesh mesh, int reachable, int upToDate, int reachableTieBreakers, int silent) {
    int voters = mesh.voters().size();
    int tieBreakers = mesh.tieBreakers().size();
    int bonus = reachable % 2 == 0 && reachableTieBreakers > 0 ? 1 : 0;
    int bua = Math.min(reachable - mesh.q() + bonus, upToDate - mesh.qmr());
    int bdl = Math.min(upToDate, mesh.qmr()) - 1;
    boolean known = voters > 0 && silent < voters + tieBreakers;
    return new Protection(
        voters,
        reachable,
        upToDate,
        tieBreakers,
        reachableTieBreakers,
        silent,
        known,
        known ? bua : 0,
        known ? bdl : 0);
  }

  /** In words. */
  public String text() {
    String ties =
        tieBreakers == 0 ? "" : ", %d/%d TB reachable".formatted(reachableTieBreakers, tieBreakers);
    String quiet = silent == 0 ? "" : ", %d silent".formatted(silent);
    String ftt =
        known ? "FTT-BUA=%d, FTT-BDL=%d".formatted(fttBua, fttBdl) : "protection not known";
    return "%d/%d voters reachable, %d/%d UpToDate%s%s; %s"
        .formatted(reachable, voters, upToDate, voters, ties, quiet, ftt);
  }
}

package io.kneard.ctl.api.cluster;

import java.util.List;

/**
 * What a recovery would do, or has done, or why it can do nothing.
 *
 * @param member this host's name in the cluster; null if there is a problem
 * @param address of its API
 * @param term of the last entry in its copy of the database's log
 * @param entry the last entry's number; of two members the one with the higher term, then the
 *     higher entry, has more
 * @param others the members that are left out, and may come back with the archive
 * @param from the backup whose contents are taken; null for what the database has
 * @param done whether it was done
 * @param backup where the database is as it was; null until it was done
 * @param archive what the others need to come back; null until it was done, or without others
 * @param problem why nothing was done; null if nothing is in the way
 */
public record RecoveryReport(
    String member,
    String address,
    long term,
    long entry,
    List<String> others,
    String from,
    boolean done,
    String backup,
    String archive,
    String problem) {
  /** Nothing was done. */
  public static RecoveryReport refused(String why) {
    return new RecoveryReport(null, null, 0, 0, List.of(), null, false, null, null, why);
  }

  /** For a person. */
  public String text() {
    if (problem != null) {
      return "Nothing can be recovered: " + problem;
    }
    String left = others.isEmpty() ? "nobody" : String.join(", ", others);
    if (!done) {
      return String.join(
          "\n",
          "%s at %s would go on alone, with %s".formatted(member, address, contents()),
          "Left out: " + left + ". None of them answers now.",
          "One of them that still runs elsewhere is another cluster: both could let a host sign.",
          "The database is copied to the backups first.");
    }
    String back =
        archive == null
            ? ""
            : """

            %s: how %s come back. It is as secret as a key. Before a daemon is started there, put it \
            into its folder (cluster.dir) as recovery.yaml, readable by its user alone."""
                .formatted(archive, left);
    return "%s is a cluster of its own now; start the daemon.%nThe database as it was: %s%s"
        .formatted(member, backup, back);
  }

  private String contents() {
    return from == null
        ? "its copy of the database: term %d, entry %d.\n".formatted(term, entry)
            + "(Of two members the one with the higher term, then the higher entry, has more.)"
        : "what %s has.\n".formatted(from)
            + "All that was written after that backup, about volumes too, is gone then.";
  }
}

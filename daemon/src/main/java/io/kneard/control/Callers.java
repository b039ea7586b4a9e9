package io.kneard.control;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who may use the control socket: root, the daemon's own user, and the members of one group. The
 * file's mode says the same; this holds even where somebody has changed the mode.
 *
 * <p>Judged by what the kernel recorded when the peer connected: user, primary and supplementary
 * groups. Nothing is looked up by process id or name, so that neither a reused id nor a slow
 * directory service has a say. As everywhere in Unix, somebody who was added to the group has to
 * log in again.
 *
 * @param ownUid the daemon's user
 * @param group whose members may come in; empty for nobody else
 */
record Callers(long ownUid, OptionalLong group) {

  /**
   * The other end of a connection, as it was when it connected.
   *
   * @param groups the supplementary groups
   */
  record Peer(long uid, long gid, Set<Long> groups) {}

  /** Why the peer may not come in; empty if it may. */
  Optional<String> objection(Peer peer) {
    boolean member =
        group.isPresent()
            && (peer.gid() == group.getAsLong() || peer.groups().contains(group.getAsLong()));
    boolean welcome = peer.uid() == 0 || peer.uid() == ownUid || member;
    if (welcome) {
      return Optional.empty();
    }
    String members =
        group.isPresent() ? ", and members of the group with gid " + group.getAsLong() : "";
    return Optional.of(
        "uid %d may not use this socket: only root, uid %d%s"
            .formatted(peer.uid(), ownUid, members));
  }
}

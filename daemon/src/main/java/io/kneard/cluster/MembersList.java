package io.kneard.cluster;

import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.dqlite.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Asks everybody for the list of members. */
final class MembersList {
  /** For all together: one that is dead does not make a list slow. */
  private static final Duration BOUND = Duration.ofSeconds(2);

  private MembersList() {}

  static List<ClusterMember> of(Membership member) throws ClusterProblem {
    List<MemberRow> rows = member.rows();
    MemberListing listing =
        new MemberListing(
            member.self.name(),
            member.settings.versions(),
            member.database.state(),
            rows,
            member.trust.members(),
            nodes(member));
    Map<String, ClusterClient.Question> questions = new TreeMap<>();
    for (MemberRow row : listing.toAsk()) {
      questions.put(
          row.name(), new ClusterClient.Question(row.address(), "GET", CoreRoutes.READY, null));
    }
    Set<String> ready = member.client().askAll(questions, BOUND);
    return listing.members(ready);
  }

  private static List<Member> nodes(Membership member) {
    try {
      return member.database.leader(leader -> leader.members());
    } catch (DatabaseUnavailable e) {
      return List.of(); // the list is good without strangers
    }
  }
}

package io.kneard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.database.DatabaseState;
import io.kneard.database.Versions;
import io.kneard.dqlite.Member;
import io.kneard.dqlite.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemberListingTest {
  private static final DatabaseState ONLINE = new DatabaseState.Online();
  private static final DatabaseState WAITING = new DatabaseState.Waiting(List.of("b"));
  private static final Versions OLD = new Versions(1, 1, List.of("a"));

  private static List<String> statuses(MemberListing listing, Set<String> ready) {
    return listing.members(ready).stream().map(m -> m.name() + " " + m.status()).toList();
  }

  private static MemberListing listing(
      DatabaseState state, List<MemberRow> rows, List<MemberRow> trusted, Member... nodes) {
    return new MemberListing(
        "a",
        Rows.VERSIONS,
        state,
        rows,
        trusted.stream().map(MemberRow::trusted).toList(),
        List.of(nodes));
  }

  @Test
  void whoAnswersIsOnlineAndTheOthersAreUnreachable() {
    List<MemberRow> all = List.of(Rows.row(1, "a"), Rows.row(2, "b"), Rows.row(3, "c"));
    MemberListing listing = listing(ONLINE, all, all);
    assertThat(listing.toAsk()).extracting(MemberRow::name).containsExactly("b", "c");
    assertThat(statuses(listing, Set.of("c")))
        .containsExactly("a ONLINE", "b UNREACHABLE", "c ONLINE");
  }

  @Test
  void trustStoreAndDatabaseAreCompared() {
    MemberRow a = Rows.row(1, "a");
    MemberRow b = Rows.row(2, "b");
    MemberRow c = Rows.row(3, "c");
    MemberListing listing = listing(ONLINE, List.of(a, b), List.of(a, c));
    assertThat(listing.toAsk()).as("its certificate cannot be checked").isEmpty();
    assertThat(statuses(listing, Set.of("b", "c")))
        .containsExactly("a ONLINE", "b NOT TRUSTED", "c NOT FOUND");
  }

  @Test
  void aDatabaseNodeThatNobodyKnowsIsNotTrustedAndHasNoName() {
    List<MemberRow> all = List.of(Rows.row(1, "a"));
    ClusterMember stranger =
        listing(ONLINE, all, all, new Member(9, "127.0.0.1:9999", Role.SPARE))
            .members(Set.of())
            .get(1);
    assertThat(stranger.status()).isEqualTo("NOT TRUSTED");
    assertThat(stranger.name()).isEmpty();
    assertThat(stranger.certificate()).isEmpty();
    assertThat(stranger.role()).isEqualTo("spare");
  }

  @Test
  void aMemberThatWaitsAsksNobodyAndSaysWhoNeedsTheUpgrade() {
    List<MemberRow> all =
        List.of(Rows.row(1, "a"), Rows.row(2, "b", "voter", OLD), Rows.row(3, "c"));
    MemberListing listing = listing(WAITING, all, all);
    assertThat(listing.toAsk()).isEmpty();
    assertThat(statuses(listing, Set.of()))
        .containsExactly("a UPGRADING", "b NEEDS UPGRADE", "c UPGRADING");
  }

  @Test
  void aMemberThatIsStillOldSeesTheSame() {
    Versions newer = new Versions(1, 3, List.of("a"));
    List<MemberRow> all =
        List.of(Rows.row(1, "a"), Rows.row(2, "b", "voter", newer), Rows.row(3, "c"));
    assertThat(statuses(listing(ONLINE, all, all), Set.of()))
        .containsExactly("a NEEDS UPGRADE", "b UPGRADING", "c UNREACHABLE");
  }
}

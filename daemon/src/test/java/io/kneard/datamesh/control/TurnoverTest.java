package io.kneard.datamesh.control;

import static io.kneard.datamesh.MemberType.ACCESS;
import static io.kneard.datamesh.MemberType.DISKFUL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import io.kneard.datamesh.intent.Exit;
import io.kneard.datamesh.intent.Patience;
import io.kneard.datamesh.intent.Place;
import io.kneard.datamesh.intent.VolumeClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A volume from its beginning to its end, as it is stored. */
class TurnoverTest {
  private final PaperMesh paper = new PaperMesh("a", "b", "c", "d");

  private PaperMesh threeDiskful() {
    return paper.found(DISKFUL, DISKFUL, DISKFUL).settle();
  }

  @Test
  void threeDiskfulReplicasFormAVolume() {
    threeDiskful();
    assertThat(paper.mesh().stage()).isEqualTo(Stage.FORMED);
    assertThat(paper.members()).isEqualTo(Map.of("a", DISKFUL, "b", DISKFUL, "c", DISKFUL));
    assertThat(paper.mesh().q()).isEqualTo(2);
    assertThat(paper.document.orElseThrow().volume().transitions()).isEmpty();
  }

  @Test
  void whatIsSettledStaysExactlyAsItIs() {
    VolumeDocument settled = threeDiskful().document.orElseThrow();
    paper.decide();
    assertThat(paper.document).contains(settled);
  }

  @Test
  void aDocumentComesBackFromItsTextAsItWas() {
    threeDiskful().use("b");
    paper.decide();
    VolumeDocument before = paper.document.orElseThrow();
    assertThat(Documents.read(Documents.write(before), VolumeDocument.class)).isEqualTo(before);
    Said said = paper.reports.values().iterator().next();
    assertThat(Documents.read(Documents.write(said), Said.class)).isEqualTo(said);
  }

  @Test
  void fieldsOfANewerVersionAreIgnored() {
    assertThat(Documents.read("{\"zone\":\"z\",\"drained\":true,\"new\":1}", HostWishes.class))
        .isEqualTo(new HostWishes("z", true));
  }

  @Test
  void aReplicaIsAddedAttachedRetypedAndRemoved() {
    threeDiskful();
    paper.add("d", ACCESS);
    paper.use("d");
    paper.settle();
    assertThat(paper.mesh().on("d").filter(Member::attached)).isPresent();
    paper.retype("d", DISKFUL);
    paper.settle();
    assertThat(paper.members()).containsEntry("d", DISKFUL);
    paper.remove("a", Exit.DELETED);
    paper.settle();
    assertThat(paper.members()).isEqualTo(Map.of("b", DISKFUL, "c", DISKFUL, "d", DISKFUL));
    assertThat(paper.document.orElseThrow().places()).hasSize(3);
  }

  @Test
  void aReplicaIsForgottenOnlyWhenItsHostHasRemovedEverything() {
    threeDiskful();
    paper.add("d", DISKFUL);
    paper.settle();
    paper.host("d", false, Optional.empty());
    paper.remove("d", Exit.FORCED);
    paper.settle();
    assertThat(paper.members()).doesNotContainKey("d");
    assertThat(paper.document.orElseThrow().on("d")).isPresent();
    assertThat(paper.waits).anyMatch(s -> s.contains("d is not heard of"));
    paper.host("d", true, Optional.empty());
    paper.settle();
    assertThat(paper.document.orElseThrow().on("d")).isEmpty();
  }

  @Test
  void aHostThatHasLeftTheClusterIsNotWaitedFor() {
    threeDiskful();
    paper.add("d", DISKFUL);
    paper.settle();
    paper.host("d", false, Optional.empty());
    paper.remove("d", Exit.FORCED);
    paper.settle();
    paper.hosts.remove("d");
    paper.decide();
    assertThat(paper.document.orElseThrow().on("d")).isEmpty();
  }

  @Test
  void aDeletedVolumeIsGoneWhenAllHostsHaveRemovedTheirReplicas() {
    threeDiskful();
    paper.host("c", false, Optional.empty());
    paper.delete();
    paper.settle();
    assertThat(paper.document.orElseThrow().places()).hasSize(1);
    assertThat(paper.mesh().members()).isEmpty();
    paper.host("c", true, Optional.empty());
    paper.settle();
    assertThat(paper.document).isEmpty();
  }

  @Test
  void aReportOfARevisionThatWasNeverPublishedConfirmsNothing() {
    threeDiskful();
    paper.use("a");
    paper.decide();
    VolumeDocument document = paper.document.orElseThrow();
    String id = document.disk(document.on("a").orElseThrow()).deviceId();
    Report said = paper.reports.get(id).report();
    Report ahead =
        new Report(
            said.revision() + 100,
            true,
            true,
            true,
            said.disk(),
            said.quorum(),
            false,
            said.backingSize(),
            said.addresses(),
            said.peers(),
            Optional.empty());
    paper.reports.put(id, new Said(ahead, false));
    Turnover turnover = paper.decide();
    assertThat(turnover.outcome().volume().transitions()).hasSize(1);
    assertThat(Credible.refusal(ahead, paper.mesh()))
        .hasValueSatisfying(why -> assertThat(why).contains("the last one published is"));
    assertThat(Credible.goesBack(said, Optional.of(ahead))).isPresent();
    assertThat(Credible.goesBack(ahead, Optional.of(said))).isEmpty();
  }

  @Test
  void aManagedVolumeGetsItsReplicasAndKeepsThem() {
    paper.managed().settle();
    assertThat(paper.members())
        .hasSize(3)
        .allSatisfy((node, t) -> assertThat(t).isEqualTo(DISKFUL));
    VolumeDocument settled = paper.document.orElseThrow();
    paper.decide();
    assertThat(paper.document).contains(settled);
  }

  @Test
  void aLostHostIsReplacedAfterItsTimeAndCleansUpWhenItIsBack() {
    paper.managed().settle();
    String lost = paper.members().keySet().iterator().next();
    paper.host(lost, false, Optional.empty());
    paper.settle();
    assertThat(paper.members()).containsKey(lost);
    paper.now = PaperMesh.NOW.plus(Duration.ofMinutes(31));
    paper.settle();
    assertThat(paper.members()).hasSize(3).doesNotContainKey(lost);
    assertThat(paper.document.orElseThrow().on(lost)).isPresent();
    paper.host(lost, true, Optional.empty());
    paper.settle();
    assertThat(paper.document.orElseThrow().on(lost)).isEmpty();
    assertThat(paper.members()).hasSize(3);
  }

  @Test
  void aHostWithAProblemGetsNoReplica() {
    paper.host("a", true, Optional.of("drbd-utils are not installed: no volumes on this host"));
    paper.managed().settle();
    assertThat(paper.members()).hasSize(3).doesNotContainKey("a");
  }

  @Test
  void aHostCountsAsGoneOnlySinceWhoDecidesHasSeenIt() {
    HostState host = paper.hosts.get("a");
    HostState silent =
        new HostState("a", host.wishes(), host.facts(), false, Optional.of(Instant.EPOCH), 0);
    Instant later = PaperMesh.NOW.plusSeconds(5);
    assertThat(silent.site(later, PaperMesh.NOW).goneSince()).contains(PaperMesh.NOW);
    assertThat(host.site(later, PaperMesh.NOW).goneSince()).isEmpty();
  }

  @Test
  void oneLookPlansTheNextVolumeWithTheRoomThatIsLeft() {
    Map<String, HostState> hosts = new TreeMap<>(paper.hosts);
    paper.managed();
    Stored before = paper.stored();
    paper.decide();
    Bookings.add(hosts, new MeshStore.Change(before, paper.document));
    assertThat(hosts.values().stream().filter(host -> host.replicas() == 1)).hasSize(3);
    assertThat(hosts.values())
        .filteredOn(host -> host.replicas() == 1)
        .allMatch(host -> host.facts().pools().get(0).free() < 1L << 40);
  }

  @Test
  void aVolumeThatLacksACopyOfItsLayoutIsNotWhatItsClassWants() {
    PaperMesh three = new PaperMesh("a", "b", "c").managed();
    three.settle();
    Configuration more = new Configuration(2, 1, Topology.IGNORED, VolumeAccess.ANY, 1);
    VolumeClass wanted =
        new VolumeClass("k", 2, more, Patience.DEFAULT, Set.of(), Optional.empty(), true, 5);
    three.document =
        three.document.map(document -> document.wanted(Optional.of("k"), wanted.wish()));
    three.settle();
    assertThat(three.members()).hasSize(3);
    assertThat(Rollouts.follower(wanted, three.stored()).settled()).isFalse();

    three.host("d", true, Optional.empty());
    three.settle();
    assertThat(three.members()).hasSize(4);
    assertThat(Rollouts.follower(wanted, three.stored()).settled()).isTrue();
  }

  @Test
  void twoReplicasOnOneHostAreNeverStored() {
    paper.managed();
    VolumeDocument empty = paper.document.orElseThrow();
    paper.add("a", DISKFUL);
    Place one = paper.document.orElseThrow().on("a").orElseThrow();
    Place two =
        new Place(1, "a", ACCESS, Optional.empty(), one.origin(), Exit.STAYS, "a second one");
    assertThatThrownBy(() -> empty.withPlaces(List.of(one, two), Set.of()))
        .hasMessage("volume v: two replicas on a");
  }
}

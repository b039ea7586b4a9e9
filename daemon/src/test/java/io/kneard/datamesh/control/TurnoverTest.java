package io.kneard.datamesh.control;

import static io.kneard.datamesh.MemberType.ACCESS;
import static io.kneard.datamesh.MemberType.DISKFUL;
import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.control.Intention.Edit;
import io.kneard.datamesh.control.Intention.Wishes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A volume from its beginning to its end, as it is stored. */
class TurnoverTest {
  private final PaperMesh paper = new PaperMesh("a", "b", "c", "d");

  private PaperMesh threeDiskful() {
    return paper.found(Mode.MANUAL, DISKFUL, DISKFUL, DISKFUL).settle();
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
    assertThat(paper.edit(new Edit.Create("d", ACCESS, Optional.empty()))).isEmpty();
    paper.use("d");
    paper.settle();
    assertThat(paper.mesh().on("d").filter(Member::attached)).isPresent();
    paper.edit(new Edit.Retype(3, DISKFUL, Optional.of("pool")));
    paper.settle();
    assertThat(paper.members()).containsEntry("d", DISKFUL);
    paper.edit(new Edit.Delete(0, false));
    paper.settle();
    assertThat(paper.members()).isEqualTo(Map.of("b", DISKFUL, "c", DISKFUL, "d", DISKFUL));
    assertThat(paper.document.orElseThrow().replicas()).hasSize(3);
  }

  @Test
  void aReplicaIsForgottenOnlyWhenItsHostHasRemovedEverything() {
    threeDiskful();
    paper.edit(new Edit.Create("d", DISKFUL, Optional.of("pool")));
    paper.settle();
    paper.host("d", false, Optional.empty());
    paper.edit(new Edit.Delete(3, true));
    paper.settle();
    assertThat(paper.members()).doesNotContainKey("d");
    assertThat(paper.document.orElseThrow().on("d")).isPresent();
    assertThat(paper.sentences).anyMatch(s -> s.contains("d is not heard of"));
    assertThat(paper.edit(new Edit.Create("d", DISKFUL, Optional.of("pool"))))
        .hasValueSatisfying(why -> assertThat(why).contains("going away"));
    paper.host("d", true, Optional.empty());
    paper.settle();
    assertThat(paper.document.orElseThrow().on("d")).isEmpty();
  }

  @Test
  void aHostThatHasLeftTheClusterIsNotWaitedFor() {
    threeDiskful();
    paper.edit(new Edit.Create("d", DISKFUL, Optional.of("pool")));
    paper.settle();
    paper.host("d", false, Optional.empty());
    paper.edit(new Edit.Delete(3, true));
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
    assertThat(paper.document.orElseThrow().replicas()).hasSize(1);
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
    String id = paper.document.orElseThrow().on("a").orElseThrow().deviceId();
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
  void aHostWithAProblemGetsNoReplica() {
    threeDiskful();
    paper.host("d", true, Optional.of("drbd-utils are not installed: no volumes on this host"));
    assertThat(paper.edit(new Edit.Create("d", ACCESS, Optional.empty())))
        .contains("d: drbd-utils are not installed: no volumes on this host");
    assertThat(paper.edit(new Edit.Create("x", ACCESS, Optional.empty())))
        .contains("x is no member of the cluster");
    assertThat(paper.edit(new Edit.Retype(0, DISKFUL, Optional.of("other")))).isEmpty();
    assertThat(paper.edit(new Edit.Create("d", DISKFUL, Optional.empty()))).isPresent();
  }

  @Test
  void aNinthReplicaIsRefused() {
    PaperMesh nine = new PaperMesh("a", "b", "c", "d", "e", "f", "g", "h", "i");
    nine.found(Mode.MANUAL, DISKFUL, DISKFUL, DISKFUL, ACCESS, ACCESS, ACCESS, ACCESS, ACCESS);
    assertThat(nine.edit(new Edit.Create("i", ACCESS, Optional.empty())))
        .contains("a volume has at most 8 replicas, and all are taken");
  }

  @Test
  void whatIsIntendedComesAboutAndIsExplained() {
    paper.intention =
        (considered, now) ->
            considered.replicas().isEmpty()
                ? new Wishes(
                    List.of(
                        new Edit.Create("a", DISKFUL, Optional.of("pool")),
                        new Edit.Create("x", DISKFUL, Optional.of("pool"))),
                    List.of("one copy is wanted"))
                : Wishes.NONE;
    paper.found(Mode.MANAGED);
    paper.decide();
    assertThat(paper.sentences).contains("one copy is wanted", "x is no member of the cluster");
    assertThat(paper.document.orElseThrow().on("a")).isPresent();
  }
}

package io.kneard.datamesh.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kneard.database.DatabaseUnavailable;
import io.kneard.datamesh.Address;
import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.control.MeshStore.Change;
import io.kneard.datamesh.control.MeshStore.ReportOf;
import io.kneard.datamesh.intent.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Volumes in a real database, and controllers on it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MeshStoreIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static MeshDatabase database;
  private static MeshStore store;

  @BeforeAll
  static void start() throws Exception {
    database = new MeshDatabase(folder, "a", "b", "c");
    store = database.store();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static Stored create(String name) throws DatabaseUnavailable {
    return store.create(name, number -> MeshDatabase.fresh(name, number)).orElseThrow();
  }

  private static Stored volume(String name) throws DatabaseUnavailable {
    return store.volume(name).orElseThrow();
  }

  private static Said said(long revision) {
    return new Said(
        new Report(
            revision,
            true,
            true,
            false,
            DiskState.DISKLESS,
            Optional.empty(),
            false,
            Optional.empty(),
            List.of(new Address("net", "10.0.0.1", 7700)),
            List.of(),
            Optional.empty()),
        false);
  }

  @Test
  @Order(1)
  void hostsSayWhatTheyHaveAndNoTwoHaveOneAddress() throws Exception {
    assertThat(store.hosts().get("a").serves()).isFalse();
    store.facts("a", MeshDatabase.facts("10.0.0.1"), 1000);
    store.facts("b", MeshDatabase.facts("10.0.0.2"), 1000);
    HostFacts taken = store.facts("c", MeshDatabase.facts("10.0.0.2"), 1000);
    assertThat(taken.problem())
        .contains("address 10.0.0.2 in network net is that of b: every host needs its own");
    assertThat(store.facts("c", MeshDatabase.facts("10.0.0.2"), 9000).problemSince())
        .isEqualTo(1000);
    store.facts("c", MeshDatabase.facts("10.0.0.3"), 9000);
    store.wish("b", before -> new HostWishes("zone-1", before.drained()));
    assertThat(store.hosts())
        .hasSize(3)
        .allSatisfy((n, host) -> assertThat(host.serves()).isTrue());
    assertThat(store.hosts().get("b").wishes().zone()).isEqualTo("zone-1");
  }

  @Test
  @Order(2)
  void volumesGetTheSmallestNumberThatIsFree() throws Exception {
    assertThat(create("v").document().number()).isZero();
    assertThat(create("w").document().number()).isEqualTo(1);
    assertThat(store.create("v", number -> MeshDatabase.fresh("v", number))).isEmpty();
    store.store(List.of(new Change(volume("v"), Optional.empty())));
    assertThat(store.volume("v")).isEmpty();
    assertThat(create("x").document().number()).isZero();
    assertThat(create("v").document().number()).isEqualTo(2);
  }

  @Test
  @Order(3)
  void whatWasChangedMeanwhileIsNotStoredOver() throws Exception {
    Stored read = volume("v");
    store.edit("v", stored -> stored.document().withForceDetach(Set.of(7)));
    Change late = new Change(read, Optional.of(read.document().withForceDetach(Set.of(1))));
    Change fine =
        new Change(volume("w"), Optional.of(volume("w").document().withForceDetach(Set.of(2))));
    assertThat(store.store(List.of(late, fine))).containsExactly("w");
    assertThat(volume("v").document().forceDetach()).containsExactly(7);
    assertThat(store.store(List.of(new Change(read, Optional.empty())))).isEmpty();
  }

  @Test
  @Order(4)
  void whatAnEditThrowsChangesNothing() throws Exception {
    Stored before = volume("v");
    assertThatThrownBy(
            () ->
                store.edit(
                    "v",
                    stored -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(volume("v")).isEqualTo(before);
    assertThat(store.edit("nobody", Stored::document)).isEmpty();
  }

  @Test
  @Order(5)
  void aControllerChoosesReplicasAndAReportCountsAsAChange() throws Exception {
    try (Controller controller =
        new Controller(store, database, new DeviceIds(), InstantSource.system())) {
      controller.start();
      await().atMost(SOON).until(() -> volume("x").document().places().size() == 3);
    }
    Stored chosen = volume("x");
    Place place = chosen.document().on("a").orElseThrow();
    String id = chosen.document().disk(place).deviceId();
    assertThat(store.report("a", List.of(new ReportOf("x", id, said(0))))).isEmpty();
    assertThat(volume("x").changed()).isGreaterThan(chosen.changed());
    assertThat(volume("x").said(place)).contains(said(0));
    Change stale = new Change(chosen, Optional.of(chosen.document()));
    assertThat(store.store(List.of(stale))).isEmpty();
  }

  @Test
  @Order(6)
  void anOlderReportAndOneOfAStrangerAreNotTaken() throws Exception {
    Stored stored = volume("x");
    Place place = stored.document().on("a").orElseThrow();
    String id = stored.document().disk(place).deviceId();
    store.report("a", List.of(new ReportOf("x", id, said(5))));
    assertThat(store.report("a", List.of(new ReportOf("x", id, said(3)))))
        .containsExactly("volume x: a reported revision 3 after 5: the older report is not taken");
    assertThat(store.report("b", List.of(new ReportOf("x", id, said(6)))))
        .containsExactly("volume x has no such replica on b");
    assertThat(volume("x").said(place)).contains(said(5));
  }

  @Test
  @Order(7)
  void aHostReadsOnlyItsOwnReplicasAndOnlyWhatIsNew() throws Exception {
    List<Placed> all = store.placed("a", Position.START, 10);
    assertThat(all).extracting(Placed::volume).contains("x").doesNotContain("nobody");
    Placed last = all.get(all.size() - 1);
    Position end = new Position(last.published(), last.volume());
    assertThat(store.placed("a", end, 10)).isEmpty();
    store.edit("x", stored -> stored.document().withForceDetach(Set.of(3)));
    assertThat(store.placed("a", end, 10)).extracting(Placed::volume).containsExactly("x");
    assertThat(store.replicasOn("a")).isEqualTo(store.volumesOn("a").size());
  }

  @Test
  @Order(8)
  void volumesAreReadInParts() throws Exception {
    Set<String> names = new HashSet<>();
    Position seen = Position.START;
    for (List<Stored> part = store.changed(seen, 1); !part.isEmpty(); ) {
      Stored one = part.get(0);
      assertThat(names.add(one.name())).isTrue();
      seen = new Position(one.changed(), one.name());
      part = store.changed(seen, 1);
    }
    assertThat(names).containsExactlyInAnyOrder("v", "w", "x");
    assertThat(store.volumes("v", 10)).extracting(Stored::name).containsExactly("w", "x");
  }

  @Test
  @Order(9)
  void twoControllersAtOnceDoNoHarm() throws Exception {
    AtomicLong ids = new AtomicLong(1);
    MeshStore other = database.store();
    try (Controller one = new Controller(store, database, () -> id(ids), InstantSource.system());
        Controller two = new Controller(other, database, () -> id(ids), InstantSource.system())) {
      one.start();
      two.start();
      for (int i = 0; i < 20; i++) {
        create("many-" + i);
      }
      for (int i = 0; i < 20; i++) {
        String name = "many-" + i;
        await().atMost(SOON).until(() -> volume(name).document().places().size() == 3);
      }
    }
    for (int i = 0; i < 20; i++) {
      VolumeDocument document = volume("many-" + i).document();
      assertThat(document.places())
          .extracting(Place::node)
          .containsExactlyInAnyOrder("a", "b", "c");
      assertThat(document.disks()).hasSize(3);
    }
    assertThat(store.volumesOn("a")).doesNotHaveDuplicates();
  }

  private static String id(AtomicLong ids) {
    return "%016X".formatted(0xF000_0000L + ids.getAndIncrement());
  }

  @Test
  @Order(10)
  void anIdleVolumeIsNeverWritten() throws Exception {
    try (Controller controller =
        new Controller(store, database, new DeviceIds(), InstantSource.system())) {
      controller.start();
      create("quiet");
      await().atMost(SOON).until(() -> volume("quiet").document().places().size() == 3);
      long counter = store.counter();
      await().during(Duration.ofSeconds(2)).until(() -> store.counter() == counter);
    }
  }
}

package io.kneard.drbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Backing volumes on LVM: what is asked of its tools, and what is never touched. */
class StorageTest {
  private static final Storage.Replica REPLICA = new Storage.Replica("v", Samples.ID);
  private static final String OURS =
      "{\"report\":[{\"lv\":[{\"lv_name\":\"other\",\"lv_path\":\"/dev/vg/other\","
          + "\"lv_size\":\"1\",\"lv_tags\":\"\"},{\"lv_name\":\"kneard-v\","
          + "\"lv_path\":\"/dev/vg/kneard-v\",\"lv_size\":\"1048576\","
          + "\"lv_tags\":\"x,kneard.id.0123456789ABCDEF\"}]}]}";

  private final List<String> asked = new ArrayList<>();
  private String listing = OURS;

  private Ran answer(Command command) {
    asked.add(command.toString());
    boolean list = command.tool() == Tool.LVS || command.tool() == Tool.VGS;
    return Ran.exited(0, list ? listing : "", "");
  }

  private final Storage thin = Storage.of(new Pool.LvmThin("p", "vg", "tp"), this::answer);
  private final Storage thick = Storage.of(new Pool.LvmThick("p", "vg"), this::answer);

  @Test
  void itsOwnIsFoundByNameAndMark() throws Exception {
    assertThat(thin.find(REPLICA)).contains(new Backing("/dev/vg/kneard-v", 1 << 20));
    assertThat(asked)
        .containsExactly(
            "lvs --reportformat json --units b --nosuffix --options"
                + " lv_name,lv_path,lv_size,lv_tags vg");
  }

  @Test
  void aVolumeOfTheSameNameWithoutTheMarkIsLeftAlone() {
    Storage.Replica other = new Storage.Replica("v", "1111111111111111");
    assertThatThrownBy(() -> thin.find(other))
        .isInstanceOf(StorageProblem.class)
        .hasMessageContaining("vg/kneard-v")
        .hasMessageContaining("left alone");
    assertThatThrownBy(() -> thin.remove(other)).isInstanceOf(StorageProblem.class);
    assertThatThrownBy(() -> thin.grow(other, 1 << 30)).isInstanceOf(StorageProblem.class);
    assertThat(asked).allMatch(line -> line.startsWith("lvs "));
  }

  @Test
  void aThinOneIsMadeWithItsMarkAndAThickOneTakesItsSizeAtOnce() throws Exception {
    thin.create(REPLICA, 4096);
    thick.create(REPLICA, 8192);
    assertThat(asked)
        .containsExactly(
            "lvcreate --name kneard-v --addtag kneard.id.0123456789ABCDEF --wipesignatures y --yes"
                + " --virtualsize 4096b --thinpool tp vg",
            "lvcreate --name kneard-v --addtag kneard.id.0123456789ABCDEF --wipesignatures y --yes"
                + " --size 8192b vg");
  }

  @Test
  void itGrowsAndNeverShrinks() throws Exception {
    thin.grow(REPLICA, 1 << 10);
    assertThat(asked).hasSize(1);
    thin.grow(REPLICA, 1 << 21);
    assertThat(asked).last().isEqualTo("lvextend --size 2097152b /dev/vg/kneard-v");
  }

  @Test
  void whatIsNotThereIsNotRemoved() throws Exception {
    listing = "{\"report\":[{\"lv\":[]}]}";
    thin.remove(REPLICA);
    assertThat(thin.find(REPLICA)).isEqualTo(Optional.empty());
    assertThat(asked).allMatch(line -> line.startsWith("lvs "));
  }

  @Test
  void aFullPoolIsToldWithTheToolsOwnWords() {
    Storage full =
        Storage.of(
            new Pool.LvmThick("p", "vg"),
            command -> Ran.exited(5, "", "insufficient free space: 3 extents needed"));
    assertThatThrownBy(() -> full.create(REPLICA, 1 << 30))
        .isInstanceOf(StorageProblem.class)
        .hasMessageContaining("pool p")
        .hasMessageContaining("insufficient free space");
  }

  @Test
  void freeSpaceOfAThinPoolIsWhatIsNotWritten() throws Exception {
    listing = "{\"report\":[{\"lv\":[{\"lv_size\":\"1000\",\"data_percent\":\"25.00\"}]}]}";
    assertThat(thin.free()).isEqualTo(750);
    listing = "{\"report\":[{\"vg\":[{\"vg_free\":\"4096\"}]}]}";
    assertThat(thick.free()).isEqualTo(4096);
  }
}

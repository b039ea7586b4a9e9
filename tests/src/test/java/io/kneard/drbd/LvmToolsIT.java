package io.kneard.drbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backing volumes with the real tools of LVM, on a volume group on a loop device. The kernels of
 * the build have no device mapper, so the tools are told to leave it alone: everything about the
 * group is real, and no volume becomes a device. Thin pools cannot be made so.
 */
class LvmToolsIT {
  private static final String GROUP = "kneardtest" + ProcessHandle.current().pid();
  private static final Storage.Replica REPLICA = new Storage.Replica("v", "0123456789ABCDEF");
  private static final long MIB = 1 << 20;
  private static final int GROUP_MIB = 64;
  private static final long BOUND_SECONDS = 60;

  private String device = "";
  private Storage storage;

  @BeforeEach
  void aVolumeGroup(@TempDir Path folder) throws Exception {
    Path image = folder.resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(GROUP_MIB * MIB);
    }
    device = typed("losetup", "--find", "--show", image.toString()).strip();
    typed(lvm("pvcreate", device));
    typed(lvm("vgcreate", GROUP, device));
    storage = Storage.of(new Pool.LvmThick("pool", GROUP), this::withoutMapper);
  }

  @AfterEach
  void gone() throws Exception {
    typed(lvm("vgremove", "--force", "--yes", GROUP));
    typed("losetup", "--detach", device);
  }

  /** What LVM is asked is what it is asked on a host, but for these options. */
  private Ran withoutMapper(Command command) throws InterruptedException {
    List<Object> arguments = new ArrayList<>(command.arguments());
    arguments.addAll(List.of("--driverloaded", "n", "--devices", device));
    return new Processes().run(Command.of(command.tool(), command.bound(), arguments.toArray()));
  }

  private String[] lvm(String program, String... arguments) {
    List<String> line = new ArrayList<>(List.of(program, "--driverloaded", "n"));
    line.addAll(List.of("--devices", device));
    line.addAll(List.of(arguments));
    return line.toArray(String[]::new);
  }

  private static String typed(String... line) throws Exception {
    Path out = Files.createTempFile("lvm", ".out");
    try {
      Process process =
          new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile()).start();
      assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).as(line[0]).isTrue();
      String said = Files.readString(out);
      assertThat(process.exitValue()).as("%s: %s", List.of(line), said).isZero();
      return said;
    } finally {
      Files.delete(out);
    }
  }

  @Test
  void aVolumeIsMadeFoundGrownAndRemoved() throws Exception {
    long before = storage.free();
    assertThat(storage.find(REPLICA)).isEmpty();

    storage.create(REPLICA, 8 * MIB);
    assertThat(storage.find(REPLICA))
        .contains(new Backing("/dev/%s/kneard-v".formatted(GROUP), 8 * MIB));
    assertThat(storage.free()).isEqualTo(before - 8 * MIB);

    storage.grow(REPLICA, 12 * MIB);
    assertThat(storage.find(REPLICA).map(Backing::size)).contains(12 * MIB);
    storage.grow(REPLICA, 4 * MIB);
    assertThat(storage.find(REPLICA).map(Backing::size)).as("never less").contains(12 * MIB);

    storage.remove(REPLICA);
    storage.remove(REPLICA);
    assertThat(storage.find(REPLICA)).isEmpty();
    assertThat(storage.free()).isEqualTo(before);
  }

  @Test
  void aVolumeOfSomebodyElseIsLeftAlone() throws Exception {
    typed(lvm("lvcreate", "--name", "kneard-v", "--size", "4M", "-Wn", "-Zn", "-an", GROUP));

    assertThatThrownBy(() -> storage.remove(REPLICA)).isInstanceOf(StorageProblem.class);
    assertThatThrownBy(() -> storage.grow(REPLICA, 8 * MIB)).isInstanceOf(StorageProblem.class);

    assertThat(typed(lvm("lvs", "--noheadings", "--options", "lv_name,lv_size", GROUP)))
        .contains("kneard-v")
        .contains("4.00m");
  }

  @Test
  void aPoolWithoutRoomSaysSoInLvmsWords() {
    assertThatThrownBy(() -> storage.create(REPLICA, GROUP_MIB * MIB))
        .isInstanceOf(StorageProblem.class)
        .hasMessageContaining("pool pool")
        .hasMessageContaining("insufficient free space");
  }
}

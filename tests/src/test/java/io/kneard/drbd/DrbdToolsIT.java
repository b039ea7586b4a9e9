package io.kneard.drbd;

import static io.kneard.datamesh.MemberType.ACCESS;
import static io.kneard.datamesh.MemberType.DISKFUL;
import static io.kneard.datamesh.MemberType.TIE_BREAKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.datamesh.BackingSize;
import io.kneard.datamesh.LocalResource;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Stage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real tools of drbd-utils, as far as they work without the kernel module. */
class DrbdToolsIT {
  private static final Storage.Replica REPLICA = new Storage.Replica("v", "0123456789ABCDEF");
  private static final Set<String> NOT_IN_THE_HELP = Set.of("_name", "non-voting");

  private final Processes tools = new Processes();

  @Test
  void everyCallIsOneThatTheRealToolKnows() throws Exception {
    Set<String> verbs = new HashSet<>();
    for (Command command : everyCommand()) {
      if (command.tool() == Tool.DRBDSETUP) {
        verbs.add(command.arguments().get(0));
        check(command);
      }
    }
    assertThat(verbs)
        .contains("new-resource", "attach", "new-peer", "forget-peer", "resize", "down", "show");
  }

  private void check(Command command) throws Exception {
    String verb = command.arguments().get(0);
    Ran help = tools.run(Command.of(Tool.DRBDSETUP, Command.LOOK, "xml-help", verb));
    assertThat(help.exit()).as("drbdsetup xml-help %s: %s", verb, help.err()).isZero();
    int plain = 0;
    for (String argument : command.arguments().subList(1, command.arguments().size())) {
      if (argument.startsWith("--")) {
        checkOption(command, help.out(), argument.substring(2));
      } else {
        plain++;
      }
    }
    boolean oneOf = help.out().contains("<group>");
    long wanted = Pattern.compile("<argument").matcher(help.out()).results().count();
    assertThat((long) plain).as("%s", command).isEqualTo(oneOf ? 1 : wanted);
  }

  private static void checkOption(Command command, String help, String option) {
    String name = option.replaceFirst("=.*", "");
    boolean known = help.contains("<option name=\"" + name + "\"");
    assertThat(known || NOT_IN_THE_HELP.contains(name)).as("%s: option %s", command, name).isTrue();
    if (known && option.contains("=")) {
      String value = option.substring(option.indexOf('=') + 1);
      int start = help.indexOf("<option name=\"" + name + "\"");
      String section = help.substring(start, help.indexOf("</option>", start));
      Matcher handlers = Pattern.compile("<(?:handler|symbol)>([^<]+)<").matcher(section);
      Set<String> allowed = new HashSet<>();
      while (handlers.find()) {
        allowed.add(handlers.group(1));
      }
      boolean word = value.matches("[a-z][a-z-]+") && !value.matches("yes|no");
      if (word) {
        assertThat(allowed).as("%s: %s", command, option).contains(value);
      }
    }
  }

  private static Set<Command> everyCommand() {
    Set<Command> all = new HashSet<>();
    for (MemberType before : MemberType.values()) {
      for (MemberType after : MemberType.values()) {
        Mesh one = Samples.mesh(1, Stage.FORMED, before, DISKFUL, TIE_BREAKER, ACCESS);
        Mesh two =
            Samples.mesh(2, Stage.SEEDING, after, DISKFUL, DISKFUL)
                .withMultiattach(true)
                .withSize(Samples.SIZE * 2)
                .withQmr(2);
        Target target = target(two);
        all.addAll(Planner.toward(target, Found.NOTHING).commands());
        Found found =
            new Found(
                Optional.of(setup(target(one))),
                Optional.empty(),
                Optional.of(
                    new Metadata(
                        "/dev/x", true, Optional.of("0123456789ABCDEF"), Optional.empty())),
                false,
                Set.of());
        all.addAll(Planner.toward(target, found).commands());
      }
    }
    all.addAll(
        List.of(
            Drbdsetup.show("r"),
            Drbdsetup.status("r"),
            Drbdsetup.down("r"),
            Drbdsetup.primary("r"),
            Drbdsetup.secondary("r"),
            Drbdsetup.declareData("r"),
            Drbdsetup.declareClean(1),
            Drbdsetup.detach(1),
            Drbdsetup.attach(1, "/dev/x"),
            Drbdsetup.resize(1, 1 << 20),
            Drbdsetup.newMinor("r", 1, true)));
    return all;
  }

  private static Target target(Mesh mesh) {
    return new Target(
        "v",
        1000,
        LocalResource.of(mesh, 0).orElseThrow(),
        Optional.of("/dev/x"),
        "0123456789ABCDEF",
        true);
  }

  /** Just enough to have peers that go. */
  private static Setup setup(Target target) {
    return new Setup(
        target.name(),
        0,
        Map.of(),
        List.of(new Setup.Device(0, 1000, Optional.of("/dev/x"), Map.of())),
        target.resource().peers().stream()
            .map(
                peer ->
                    new Setup.Peer(
                        peer.id(),
                        List.of(new Setup.Path("10.9.9.9:1", "10.9.9.8:1")),
                        Map.of(),
                        Map.of()))
            .toList());
  }

  @Test
  void theRealToolParsesWhatIsExported(@TempDir Path folder) throws Exception {
    for (Mesh mesh :
        List.of(
            Samples.mesh(1, Stage.FORMED, DISKFUL),
            Samples.mesh(1, Stage.FORMED, DISKFUL, DISKFUL, TIE_BREAKER, ACCESS),
            Samples.mesh(1, Stage.FORMED, DISKFUL, DISKFUL, DISKFUL, DISKFUL, DISKFUL, ACCESS))) {
      Path file = folder.resolve("v" + mesh.members().size() + ".res");
      Files.writeString(file, ResourceFile.of("v", mesh, 1000, member -> "/dev/pool/v"));
      assertThat(drbdadm(file, "sh-nop")).isEmpty();
      assertThat(drbdadm(file, "-d", "up", "kneard-v"))
          .contains("drbdsetup new-resource kneard-v 0 --quorum=")
          .contains("drbdsetup attach 1000 /dev/pool/v /dev/pool/v internal");
    }
  }

  /** As the host n0, whatever this one is called. */
  private static String drbdadm(Path file, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "unshare",
            "--user",
            "--map-root-user",
            "--uts",
            "sh",
            "-c",
            "hostname n0 && exec drbdadm -c \"$0\" \"$@\" 2>/dev/null",
            file.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("DRBD_DRIVER_VERSION_OVERRIDE", "9.2.18");
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return out.strip();
  }

  /** On a real loop device with real metadata, where there are loop devices to be had. */
  @Test
  void realMetadataIsMadeOnceAndNeverOverSomethingElse(@TempDir Path folder) throws Exception {
    Storage storage = Storage.of(new Pool.Files("trial", folder.resolve("disks")), tools);
    storage.create(REPLICA, BackingSize.needed(Samples.SIZE));
    if (!Files.exists(Path.of("/dev/loop-control"))) {
      assertThatThrownBy(() -> storage.find(REPLICA)).isInstanceOf(StorageProblem.class);
      return;
    }
    try {
      String disk = storage.find(REPLICA).orElseThrow().path();
      Look look = new Look(tools);
      Target target =
          new Target(
              "v",
              1000,
              LocalResource.of(Samples.mesh(1, Stage.FORMED, DISKFUL), 0).orElseThrow(),
              Optional.of(disk),
              REPLICA.deviceId(),
              true);
      assertThat(look.metadata(target, disk).present()).isFalse();
      runAll(
          Drbdsetup.createMetadata(1000, disk),
          Drbdsetup.writeDeviceId(1000, disk, REPLICA.deviceId()));
      assertThat(look.metadata(target, disk).deviceId()).contains(REPLICA.deviceId());
      assertThat(look.metadata(target, disk).verdict(REPLICA.deviceId()))
          .isEqualTo(new Metadata.Verdict.Attach());
      assertThat(look.metadata(target, disk).verdict("FEDCBA9876543210"))
          .isInstanceOf(Metadata.Verdict.Refuse.class);
      runAll(Drbdsetup.applyActivityLog(1000, disk));
      storage.grow(REPLICA, BackingSize.needed(2 * Samples.SIZE));
      assertThat(storage.find(REPLICA).orElseThrow().size())
          .isEqualTo(BackingSize.needed(2 * Samples.SIZE));
    } finally {
      storage.remove(REPLICA);
    }
    assertThat(folder.resolve("disks")).isEmptyDirectory();
  }

  @Test
  void aDiskWithAFileSystemIsSeen(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("fs");
    try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.setLength(32L << 20);
    }
    Process made = new ProcessBuilder("mkfs.ext4", "-q", file.toString()).start();
    assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
    Ran probe =
        tools.run(
            Command.of(
                Tool.BLKID, Command.SHORT, "--probe", "--output", "export", file.toString()));
    assertThat(probe.out()).contains("TYPE=ext4");
    Ran refused = tools.run(Drbdsetup.createMetadata(1000, file.toString()));
    assertThat(refused.exit()).isNotZero();
  }

  private void runAll(Command... commands) throws InterruptedException {
    for (Command command : commands) {
      Ran ran = tools.run(command);
      assertThat(ran.succeeded()).as("%s: %s", command, ran.words()).isTrue();
    }
  }

  @Test
  void thisHostsToolsAreRecognized() throws Exception {
    assertThat(Driver.detect(tools).utils()).isPresent();
  }
}

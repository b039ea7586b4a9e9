package io.kneard.drbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that hang, are not there, or say too much. */
class ProcessesTest {
  @TempDir Path folder;
  private Processes processes;

  @BeforeEach
  void toolsOfTheTest() {
    processes = new Processes(Map.of("PATH", folder + ":/usr/bin:/bin"), folder);
  }

  @Test
  void whatAProgramSaysAndHowItEndsIsKept() throws Exception {
    program("drbdsetup", "echo \"out $1\"; echo err >&2; exit 11");
    Ran ran = processes.run(Command.of(Tool.DRBDSETUP, Command.LOOK, "x"));
    assertThat(ran).isEqualTo(Ran.exited(11, "out x\n", "err\n"));
  }

  @Test
  void aProgramThatHangsIsGivenUpAfterItsBound() throws Exception {
    program("drbdsetup", "echo begun; exec sleep 600");
    Command command = Command.of(Tool.DRBDSETUP, Duration.ofMillis(300), "down", "r");
    Ran ran = processes.run(command);
    assertThat(ran.ending()).isEqualTo(Ran.Ending.HUNG);
    assertThat(ran.problem(command)).startsWith("drbdsetup down r: no end after");
    program("drbdsetup", "echo fine");
    assertThat(processes.run(Command.of(Tool.DRBDSETUP, Command.LOOK, "x")).out())
        .isEqualTo("fine\n");
  }

  @Test
  void aProgramThatIsNotThereIsNamed() throws Exception {
    Processes none = new Processes(Map.of("PATH", "/nowhere"), folder);
    Command command = Command.of(Tool.LVS, Command.LOOK, "x");
    Ran ran = none.run(command);
    assertThat(ran.ending()).isEqualTo(Ran.Ending.NOT_STARTED);
    assertThat(ran.problem(command)).startsWith("lvs: ");
  }

  @Test
  void endlessOutputIsCutAndTheProgramStillEnds() throws Exception {
    program("drbdsetup", "head -c 5000000 /dev/zero");
    Ran ran = processes.run(Command.of(Tool.DRBDSETUP, Duration.ofSeconds(20), "x"));
    assertThat(ran.succeeded()).isTrue();
    assertThat(ran.out()).hasSize(1 << 20);
  }

  private void program(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}

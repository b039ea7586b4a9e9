package io.kneard.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.ctl.api.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // a server that is only there to be asked
class CallersTest {
  private static final long OWN = 990;
  private static final long GROUP = 980;
  private static final Callers CALLERS = new Callers(OWN, OptionalLong.of(GROUP));

  private static final String SERVED = "\"state\":\"Voting\"";

  @TempDir Path folder;

  private static Callers.Peer peer(long uid, long gid, Long... groups) {
    return new Callers.Peer(uid, gid, Set.of(groups));
  }

  @Test
  void rootTheOwnUserAndMembersOfTheGroupMayComeIn() {
    assertThat(CALLERS.objection(peer(0, 0))).isEmpty();
    assertThat(CALLERS.objection(peer(OWN, 1))).isEmpty();
    assertThat(CALLERS.objection(peer(1000, GROUP))).isEmpty();
    assertThat(CALLERS.objection(peer(1000, 1000, 4L, GROUP))).isEmpty();
  }

  @Test
  void nobodyElseMayComeInAndIsToldWhoMay() {
    assertThat(CALLERS.objection(peer(1000, 1000, 4L)).orElseThrow())
        .contains("uid 1000", "root", "uid 990", "gid 980");
    assertThat(new Callers(OWN, OptionalLong.empty()).objection(peer(1000, GROUP))).isPresent();
  }

  @Test
  void theKernelSaysWhoComesInWhateverTheModeOfTheFileSays() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path socket = folder.resolve("control.sock");
    String group = "daemon"; // gid 1 wherever there is a group file
    try (ControlServer server = ControlServer.start(socket, group, new RehearsedOperations())) {
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
      assertThat(ask(socket, "--inh-caps=-all")).contains(SERVED);
      if (isRoot()) { // who alone can be somebody else
        assertThat(ask(socket, "--reuid=65534", "--regid=65534", "--clear-groups"))
            .contains("403", "\"code\":\"forbidden\"", "uid 65534");
        assertThat(ask(socket, "--reuid=65534", "--regid=65534", "--groups=2,1")).contains(SERVED);
        assertThat(ask(socket, "--reuid=65534", "--regid=1", "--clear-groups")).contains(SERVED);
        assertThat(ask(socket, "--reuid=65534", "--regid=65534", "--groups=" + manyGroups()))
            .contains(SERVED);
      }
    }
  }

  private static String manyGroups() {
    StringBuilder groups = new StringBuilder("1");
    for (int i = 0; i < 200; i++) {
      groups.append(',').append(3000 + i);
    }
    return groups.toString();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String ask(Path socket, String... identity) throws Exception {
    List<String> command = new ArrayList<>(List.of("setpriv"));
    command.addAll(List.of(identity));
    command.addAll(
        List.of(
            "curl",
            "--silent",
            "--include",
            "--max-time",
            "10",
            "--unix-socket",
            socket.toString(),
            "http://kneard" + Routes.STATUS));
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = read(curl);
    assertThat(curl.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static String read(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}

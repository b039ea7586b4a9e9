package io.kneard.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.ctl.api.Routes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // a server that is only there to be asked
class ControlSocketTest {
  @TempDir Path folder;

  private ControlServer start(Path path) throws IOException {
    return start(path, ownGroup());
  }

  private static ControlServer start(Path path, String group) throws IOException {
    return ControlServer.start(path, group, new RehearsedOperations());
  }

  private String ownGroup() throws IOException {
    return Files.getAttribute(folder, "posix:group").toString();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void assertServed(Path socket) throws IOException {
    assertThat(RawClient.ask(socket, "GET", Routes.STATUS, "")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void theGroupMayUseTheSocketAndNobodyElse() throws IOException {
    Path socket = folder.resolve("run/control.sock");
    try (ControlServer server = start(socket)) {
      assertThat(mode(socket)).isEqualTo("rw-rw----");
      assertThat(mode(socket.getParent())).isEqualTo("rwxr-xr-x");
      assertServed(socket);
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void withoutSuchAGroupOnlyTheOwnUserMayUseTheSocket() throws IOException {
    Path socket = folder.resolve("control.sock");
    try (ControlServer server = start(socket, "no-such-group")) {
      assertThat(mode(socket)).isEqualTo("rw-------");
      assertServed(socket);
    }
  }

  @Test
  void nothingButTheSocketAndItsLockIsLeftBesideIt() throws IOException {
    try (ControlServer server = start(folder.resolve("control.sock"))) {
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("control.sock", "control.sock.lock");
      }
    }
  }

  @Test
  void aStaleSocketIsReplaced() throws IOException {
    Path socket = folder.resolve("control.sock");
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    try (ControlServer server = start(socket)) {
      assertServed(socket);
    }
  }

  @Test
  void whatACutOffStartLeftBehindDoesNotMatter() throws IOException {
    Path socket = folder.resolve("control.sock");
    Path nursery;
    try (ControlServer server = start(socket)) {
      nursery = folder.resolve("." + Integer.toString("control.sock".hashCode() & 0xfffff, 36));
    }
    Files.createDirectory(nursery);
    Files.createFile(nursery.resolve("s"));
    try (ControlServer server = start(socket)) {
      assertServed(socket);
    }
  }

  @Test
  void aSecondDaemonIsToldThePidOfTheFirst() throws IOException {
    Path socket = folder.resolve("control.sock");
    try (ControlServer first = start(socket)) {
      assertThatThrownBy(() -> start(socket).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("already running, pid " + ProcessHandle.current().pid())
          .hasMessageContaining(socket.toString());
      assertServed(socket);
    }
  }

  @Test
  void aSocketOfAnotherProgramIsNotTakenAway() throws IOException {
    Path socket = folder.resolve("control.sock");
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(socket));
      assertThatThrownBy(() -> start(socket).close())
          .hasMessageContaining("already running, pid " + ProcessHandle.current().pid());
      assertThat(socket).exists();
    }
  }

  @Test
  void aFileThatIsNotASocketIsLeftAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("control.sock"), "precious");
    assertThatThrownBy(() -> start(file).close())
        .hasMessageContaining(file.toString())
        .hasMessageContaining("not a socket");
    assertThat(file).hasContent("precious");
  }

  @Test
  void aPathThatIsTooLongIsRefusedWithTheLimit() throws IOException {
    Path tooLong = folder.resolve("x".repeat(107 - folder.toString().length() - 1));
    assertThatThrownBy(() -> start(tooLong).close()).hasMessageContaining("107 bytes: at most 106");
    Path longest = folder.resolve("x".repeat(106 - folder.toString().length() - 1));
    try (ControlServer server = start(longest)) {
      assertServed(longest);
    }
  }

  @Test
  void aSocketThatSomebodyPutInItsPlaceIsNotRemoved() throws IOException {
    Path socket = folder.resolve("control.sock");
    ControlServer server = start(socket);
    Files.delete(socket);
    Files.writeString(socket, "somebody else's");
    server.close();
    assertThat(socket).hasContent("somebody else's");
  }

  @Test
  void closingTwiceIsTheSameAsClosingOnce() throws IOException {
    ControlServer server = start(folder.resolve("control.sock"));
    server.close();
    server.close();
    assertThat(folder.resolve("control.sock")).doesNotExist();
  }
}

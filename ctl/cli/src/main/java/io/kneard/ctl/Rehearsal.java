package io.kneard.ctl;

import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.StatusReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Runs the usual commands once against an answer of its own, so that the JVM can note which classes
 * they need and keep them in an archive for a quick start (lib/kneard-archive).
 */
final class Rehearsal {
  private static final String[][] COMMANDS = {{"status"}, {"status", "--json"}};

  private Rehearsal() {}

  /** Takes no arguments and prints nothing. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("kneardctl");
    Path socket = folder.resolve("s");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      Thread daemon = new Thread(() -> answer(listener), "rehearsal");
      daemon.setDaemon(true);
      daemon.start();
      for (String[] command : COMMANDS) {
        run(socket, command);
      }
    } finally {
      Files.deleteIfExists(socket);
      Files.delete(folder);
    }
    run(socket, "status");
    run(socket, "--help");
    run(socket, "maintenance-shutdown", "--help");
    run(socket, "no-such-command");
  }

  private static void run(Path socket, String... command) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Map<String, String> environment = Map.of("KNEARD_CONTROL_SOCKET", socket.toString());
    Kneardctl.run(
        new Surroundings(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            environment,
            false,
            Duration.ofSeconds(1),
            InstantSource.system()),
        command);
  }

  private static void answer(ServerSocketChannel listener) {
    try {
      byte[] body = ControlJson.get().writeValueAsBytes(status());
      String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n";
      while (true) {
        try (SocketChannel connection = listener.accept()) {
          connection.read(ByteBuffer.allocate(1024));
          connection.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.UTF_8)));
          connection.write(ByteBuffer.wrap(body));
        }
      }
    } catch (IOException e) {
      // The rehearsal is over.
    }
  }

  private static StatusReport status() {
    Instant since = Instant.EPOCH;
    return new StatusReport(
        "n",
        "a",
        "0",
        1,
        "Validating",
        since,
        "rehearsal",
        false,
        "live",
        1.5,
        new StatusReport.Lock("consul", true, null, true, "n", "h", 1L, "s"),
        new StatusReport.Neard(1L, "standby", "2", true, null, 1L, false, "k", 1),
        new MaintenanceReport(
            MaintenanceReport.PLANNED, 1L, 1L, 1L, 1L, 1L, "restart", since, "rehearsal"),
        "Database is online",
        null);
  }
}

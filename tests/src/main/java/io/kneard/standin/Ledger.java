package io.kneard.standin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The file in which everything that is signed is written down: {@code sign UPTIME_MS HEIGHT KEY PID
 * HOME}, one line by one write, so that the lines of several processes do not mix.
 */
final class Ledger implements AutoCloseable {
  private final FileChannel file;
  private final String who;

  Ledger(Path path, Path home) throws IOException {
    this.file =
        FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    this.who = ProcessHandle.current().pid() + " " + home;
  }

  void signed(long height, String key) throws IOException {
    String line = "sign %d %d %s %s%n".formatted(uptimeMillis(), height, key, who);
    file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
  }

  private static long uptimeMillis() throws IOException {
    String text = Files.readString(Path.of("/proc/uptime"));
    return Long.parseLong(text.substring(0, text.indexOf(' ')).replace(".", "")) * 10;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

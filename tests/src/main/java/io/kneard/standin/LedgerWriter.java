package io.kneard.standin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;

/**
 * Appends to the ledger that all stand-ins of a net share. A line is one {@code write} to a file
 * opened with {@code O_APPEND}, which Linux does not interleave with others: the order of the lines
 * is the order in which they were written.
 */
final class LedgerWriter implements AutoCloseable {
  private final FileChannel file;
  private final LongSupplier clock;
  private final String name;
  private final long pid = ProcessHandle.current().pid();

  LedgerWriter(Path path, LongSupplier clock, String name) throws IOException {
    this.file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    this.clock = clock;
    this.name = name.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /**
   * @param kind {@code start}, {@code sign-start}, {@code sign}, {@code sign-stop} or {@code exit}
   * @param key the public key; null where no key is concerned
   */
  void append(String kind, String key, long height) {
    String line =
        "clock=%d wall=%d node=%s pid=%d kind=%s height=%d key=%s%n"
            .formatted(
                clock.getAsLong(),
                System.currentTimeMillis(),
                name,
                pid,
                kind,
                height,
                key == null ? "-" : key);
    try {
      file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      System.err.println("the ledger cannot be written: " + e.getMessage());
      Runtime.getRuntime().halt(101); // signing unseen would make the ledger worthless
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

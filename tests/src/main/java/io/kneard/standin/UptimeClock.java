package io.kneard.standin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Milliseconds since the machine started, from {@code /proc/uptime}: the same for all processes and
 * untouched by changes of the wall clock. Steps of 10 ms.
 */
final class UptimeClock implements LongSupplier, AutoCloseable {
  private final FileChannel file;
  private final ByteBuffer bytes = ByteBuffer.allocate(64);

  UptimeClock() throws IOException {
    file = FileChannel.open(Path.of("/proc/uptime"));
  }

  @Override
  public synchronized long getAsLong() {
    bytes.clear();
    try {
      file.read(bytes, 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    bytes.flip();
    long hundredths = 0;
    for (byte b = bytes.get(); b != ' '; b = bytes.get()) {
      if (b != '.') {
        hundredths = hundredths * 10 + (b - '0');
      }
    }
    return hundredths * 10;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

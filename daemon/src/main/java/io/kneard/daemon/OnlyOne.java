package io.kneard.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Holds off a second daemon with the same runtime folder, for as long as this one lives. */
record OnlyOne(FileChannel file) implements AutoCloseable {
  /**
   * Takes the folder.
   *
   * @throws IOException {@code already running, pid N} if another daemon has it
   */
  static OnlyOne on(Path runtimeFolder) throws IOException {
    Path path = runtimeFolder.resolve("daemon.lock");
    FileChannel file =
        FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    FileLock lock = file.tryLock();
    if (lock == null) {
      file.close();
      throw new IOException(
          "already running, pid %s: %s (runtime.dir) is its folder"
              .formatted(Files.readString(path).strip(), runtimeFolder));
    }
    byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    file.truncate(0).write(ByteBuffer.wrap(pid));
    return new OnlyOne(file);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

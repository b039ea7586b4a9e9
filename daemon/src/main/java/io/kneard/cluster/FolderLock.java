package io.kneard.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Holds off everybody else from a state folder, for as long as this process has it. */
record FolderLock(FileChannel file) implements AutoCloseable {
  static final String NAME = "lock";

  /**
   * Takes the folder, and makes it if there is none.
   *
   * @throws IOException if another daemon, or a recovery, has it
   */
  static FolderLock take(StateFolder folder) throws IOException {
    folder.make();
    FileChannel file =
        FileChannel.open(
            folder.folder().resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(file)) {
      file.close();
      throw new IOException(
          "%s (cluster.dir) belongs to another daemon that runs".formatted(folder.folder()));
    }
    return new FolderLock(file);
  }

  /** Within one process a lock that is there already is an exception. */
  private static boolean locked(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

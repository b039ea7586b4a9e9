package io.kneard.neard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Replaces a file whole or not at all, also when the host loses power in between. */
final class AtomicFile {
  /** Temporary files are named after their target, so that one left by a crash is found again. */
  private static final String SUFFIX = ".kneard-new";

  private AtomicFile() {}

  static void replace(Path file, byte[] content, Set<PosixFilePermission> mode) throws IOException {
    Path fresh = temporary(file);
    Files.deleteIfExists(fresh);
    try {
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(mode))) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.setPosixFilePermissions(fresh, mode); // the process's umask may have narrowed it
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    syncFolderOf(file);
  }

  /** Removes the file and what a crash may have left of a replacement. */
  static void remove(Path file) throws IOException {
    boolean removed = Files.deleteIfExists(file);
    removed |= Files.deleteIfExists(temporary(file));
    if (removed) {
      syncFolderOf(file);
    }
  }

  private static Path temporary(Path file) {
    return file.resolveSibling("." + file.getFileName() + SUFFIX);
  }

  private static void syncFolderOf(Path file) throws IOException {
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}

package io.kneard.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whether the host is paused: a file that is there or not, in the runtime folder. */
public final class PauseFile {
  private final Path file;

  /** The mark in that folder. */
  public PauseFile(Path runtimeFolder) {
    this.file = runtimeFolder.resolve("paused");
  }

  /** Whether the mark is there. */
  public boolean read() {
    return Files.exists(file);
  }

  void write(boolean paused) throws IOException {
    if (paused) {
      Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } else {
      Files.deleteIfExists(file);
    }
  }
}

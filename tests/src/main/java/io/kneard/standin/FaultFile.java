package io.kneard.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** The faults in force: those of the file, read again whenever it changes. */
final class FaultFile {
  private final Path file;
  private volatile Faults current = Faults.NONE;
  private List<Object> stamp = List.of();

  FaultFile(Path home) {
    this.file = home.resolve(Faults.FILE);
    look();
  }

  Faults current() {
    return current;
  }

  /** Looks whether the file changed; a broken file changes nothing and is reported. */
  void look() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      List<Object> seen =
          List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
      if (!seen.equals(stamp)) {
        stamp = seen;
        current = Faults.parse(Files.readString(file));
      }
    } catch (NoSuchFileException e) {
      current = Faults.NONE;
      stamp = List.of();
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("faults.json is not used: " + e.getMessage());
    }
  }
}

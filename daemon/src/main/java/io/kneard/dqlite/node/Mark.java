package io.kneard.dqlite.node;

import io.kneard.dqlite.NodeSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The file that says whose data are in a home: a line each with the id, the address and whether
 * there were any data.
 */
record Mark(long id, String address, boolean hadData) {
  static Mark of(NodeSettings settings, boolean hasData) {
    return new Mark(settings.id(), settings.address(), hasData);
  }

  /** Reads it; empty if there is none. */
  static Optional<Mark> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    try {
      return Optional.of(
          new Mark(Long.parseLong(lines.get(0)), lines.get(1), Boolean.parseBoolean(lines.get(2))));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException(file + ": three lines are wanted: id, address, true or false", e);
    }
  }

  boolean isOf(NodeSettings settings) {
    return id == settings.id() && address.equals(settings.address());
  }

  /** Replaces the file whole or not at all. */
  void write(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, List.of(Long.toString(id), address, Boolean.toString(hadData)));
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public String toString() {
    return id + " at " + address;
  }
}

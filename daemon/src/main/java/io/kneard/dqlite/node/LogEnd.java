package io.kneard.dqlite.node;

import io.kneard.dqlite.NodeHome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * How far a stopped node's data go. Of two nodes of one cluster the one with the higher term has
 * more of what was acknowledged; with the same term, the one with the higher entry.
 *
 * @param term of the last entry
 * @param entry the last one's number, from 1
 */
public record LogEnd(long term, long entry) {
  /** Reads it from the files; empty if there are no data, as with a spare. */
  public static Optional<LogEnd> of(NodeHome home) throws IOException {
    return Files.isDirectory(home.data()) ? LogFiles.end(home.data()) : Optional.empty();
  }

  /** The one with the higher entry, of one log. */
  LogEnd orLater(LogEnd other) {
    return other.entry > entry ? other : this;
  }
}

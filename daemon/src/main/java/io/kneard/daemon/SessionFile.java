package io.kneard.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The id of the open session, kept in the runtime folder, so that a daemon that was killed and
 * starts again frees its old session first. An id that could not be kept costs time only: the
 * session expires.
 */
final class SessionFile {
  private static final Logger LOG = LoggerFactory.getLogger(SessionFile.class);
  private static final int LONGEST_ID = 200;
  private final Path file;

  SessionFile(Path runtimeFolder) {
    this.file = runtimeFolder.resolve("session");
  }

  Optional<String> read() {
    try {
      String id = Files.size(file) > LONGEST_ID ? "" : Files.readString(file).strip();
      return id.matches("[0-9a-zA-Z-]+") ? Optional.of(id) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(String id) {
    try {
      Path fresh = file.resolveSibling("session.new");
      Files.writeString(fresh, id);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("the session id could not be kept: {}", e.toString());
    }
  }

  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("the session id could not be removed: {}", e.toString());
    }
  }
}

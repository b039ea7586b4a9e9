package io.kneard.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Who may read a file with a secret in it. */
final class Secrecy {
  private static final int NOT_FOR_GROUP = 077;

  /** Reading by the group is all right, nothing else. */
  private static final int GROUP_READS = 037;

  private static final int OTHERS = 07;
  private static final int ROOT = 0;

  private Secrecy() {}

  /**
   * What is wrong with the mode of the file; empty if only its owner may read it.
   *
   * <p>Its group may read it too if that is root's, or if the file is one of systemd's credentials:
   * those are made 0400 or 0440, where the group's bits stand for an entry of the service's user in
   * the access control list.
   *
   * @param credentials systemd's folder, if there is one
   */
  static Optional<String> problem(Path file, Optional<Path> credentials) throws IOException {
    Map<String, Object> facts = Files.readAttributes(file, "unix:mode,gid");
    int mode = (Integer) facts.get("mode") & 0777;
    boolean trusted = facts.get("gid").equals(ROOT) || isCredential(file, credentials);
    if ((mode & (trusted ? GROUP_READS : NOT_FOR_GROUP)) == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "its mode is %04o, only its owner may have access: chmod 0400 %s".formatted(mode, file));
  }

  /** Whether everybody on the host may read it. */
  static boolean forEverybody(Path file) throws IOException {
    return ((Integer) Files.getAttribute(file, "unix:mode") & OTHERS) != 0;
  }

  private static boolean isCredential(Path file, Optional<Path> credentials) throws IOException {
    return credentials.isPresent()
        && Files.isDirectory(credentials.get())
        && file.toRealPath().startsWith(credentials.get().toRealPath());
  }

  /** Why a file could not be read, without its path. */
  static String why(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "this user may not read it";
    }
    if (e instanceof CharacterCodingException) {
      return "not UTF-8";
    }
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.startsWith(file + ": ") ? message.substring((file + ": ").length()) : message;
  }
}

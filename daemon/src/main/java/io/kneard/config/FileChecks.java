package io.kneard.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the other files and folders that the settings name are there and can be used. */
final class FileChecks {
  private static final int TOKEN_BYTES = 4096;
  private static final String SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final Values values;
  private final Map<Key<?>, Given> given;
  private final Host host;
  private final List<Complaint> complaints = new ArrayList<>();

  private FileChecks(Values values, Map<Key<?>, Given> given, Host host) {
    this.values = values;
    this.given = given;
    this.host = host;
  }

  static List<Complaint> complaints(Values values, Map<Key<?>, Given> given, Host host) {
    FileChecks checks = new FileChecks(values, given, host);
    checks.home();
    checks.binary();
    checks.updateProgram();
    checks.token();
    checks.complaints.addAll(TlsChecks.complaints(values, given, host));
    return checks.complaints;
  }

  /** A token that everybody on the host may read; the original accepts it. */
  static Optional<String> warning(Values values) {
    Optional<Path> file = values.find(Keys.TOKEN_FILE);
    try {
      return file.isPresent() && Secrecy.forEverybody(file.get())
          ? Optional.of(
              "consul.token-file = %s: everybody on this host may read it, chmod 0400 it"
                  .formatted(file.get()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // that it cannot be read is a complaint already
    }
  }

  private void home() {
    values
        .find(Keys.HOME)
        .filter(home -> !Files.isDirectory(home))
        .ifPresent(
            home ->
                refuse(
                    Keys.HOME,
                    "no such folder; make a home with `neard --home %s init`".formatted(home)));
  }

  private void binary() {
    Optional<String> binary = values.find(Keys.BINARY);
    if (binary.isEmpty()) {
      return;
    }
    if (binary.get().contains("/")) {
      if (!isProgram(Path.of(binary.get()))) {
        refuse(Keys.BINARY, "no such program, or this user may not run it");
      }
      return;
    }
    String path = host.variable("PATH").orElse(SEARCH_PATH);
    if (Arrays.stream(path.split(":", -1)).noneMatch(folder -> isProgram(folder, binary.get()))) {
      refuse(Keys.BINARY, "not found on PATH; give its full path");
    }
  }

  private void updateProgram() {
    values
        .find(Keys.CLUSTER_UPDATE)
        .filter(program -> !isProgram(program))
        .ifPresent(
            program -> refuse(Keys.CLUSTER_UPDATE, "no such program, or this user may not run it"));
  }

  private static boolean isProgram(String folder, String name) {
    try {
      return isProgram(Path.of(folder.isEmpty() ? "." : folder, name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private void token() {
    Optional<Path> file = values.find(Keys.TOKEN_FILE);
    if (file.isEmpty()) {
      return;
    }
    if (Files.exists(file.get()) && !Files.isRegularFile(file.get())) {
      refuse(Keys.TOKEN_FILE, "a file"); // reading a pipe would wait for ever
      return;
    }
    try (InputStream in = Files.newInputStream(file.get())) {
      byte[] bytes = in.readNBytes(TOKEN_BYTES + 1);
      String token = new String(bytes, StandardCharsets.UTF_8).strip();
      Arrays.fill(bytes, (byte) 0);
      boolean oneWord = token.chars().allMatch(c -> c > ' ' && c < 127);
      if (token.isEmpty() || bytes.length > TOKEN_BYTES || !oneWord) {
        refuse(Keys.TOKEN_FILE, "a file with one line, the token, and nothing else");
      }
    } catch (IOException e) {
      refuse(Keys.TOKEN_FILE, Secrecy.why(file.get(), e));
    }
  }

  private void refuse(Key<?> key, String wish) {
    complaints.add(Complaint.aboutFile(key, given.get(key), wish));
  }
}

package io.kneard.testbed;

import io.kneard.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Homes that neard makes itself with {@code neard localnet}: one chain, whose only validator is
 * {@code node0}. Its key is taken out, so that every host begins as a standby.
 *
 * @param account the validator's
 * @param homes one for each host
 */
record GeneratedHomes(String account, List<NeardHome> homes) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PREFIX = "node";
  private static final String KEY = "validator_key.json";

  /**
   * Has neard make them.
   *
   * @param key where the validator's key goes
   * @throws IOException if neard does not make them; with what it said
   */
  static GeneratedHomes make(Path neard, Path folder, int count, Path key)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path log = folder.resolve("localnet.log");
    List<String> command =
        List.of(
            neard.toString(),
            "--home",
            folder.toString(),
            "localnet",
            "--shards=1",
            "--validators=1",
            "--non-validators=" + (count - 1),
            "--tracked-shards=all",
            "--prefix=" + PREFIX);
    try (Child child = Child.start(log, Map.of(), command)) {
      OptionalInt status = child.exit(PATIENCE);
      if (status.isEmpty() || status.getAsInt() != 0 || !Files.exists(home(folder, 0))) {
        throw new IOException(
            String.join(" ", command) + " made no homes:\n" + Files.readString(log));
      }
    }
    takeKey(home(folder, 0).resolve(KEY), key);
    List<NeardHome> homes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Files.deleteIfExists(home(folder, i).resolve(KEY));
      homes.add(NeardHome.existing(home(folder, i)));
    }
    Object account = Json.readObject(Files.readString(key)).get("account_id");
    return new GeneratedHomes(String.valueOf(account), homes);
  }

  private static Path home(Path folder, int number) {
    return folder.resolve(PREFIX + number);
  }

  private static void takeKey(Path from, Path to) throws IOException {
    Files.createFile(
        to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(to, Files.readAllBytes(from));
  }
}

package io.kneard.standin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What is to go wrong, read from {@code HOME/faults.json} whenever it is needed.
 *
 * @param hang connections are accepted and nothing is answered
 * @param unavailable {@code /status} answers 503 with an empty body
 * @param ignoreTerm SIGTERM is without effect
 * @param syncing the node says that it is catching up
 * @param keepKey a validator key that was removed stays in use
 * @param slowReloadMillis how long a SIGHUP takes to be handled
 * @param slowStartMillis how long after the start {@code /status} begins to answer
 * @param slowStopMillis how long a graceful stop takes
 */
record Faults(
    @JsonProperty("hang") boolean hang,
    @JsonProperty("unavailable") boolean unavailable,
    @JsonProperty("ignore_term") boolean ignoreTerm,
    @JsonProperty("syncing") boolean syncing,
    @JsonProperty("keep_key") boolean keepKey,
    @JsonProperty("slow_reload_millis") long slowReloadMillis,
    @JsonProperty("slow_start_millis") long slowStartMillis,
    @JsonProperty("slow_stop_millis") long slowStopMillis) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final Faults NONE = new Faults(false, false, false, false, false, 0, 0, 0);

  static Faults in(Path home) {
    try {
      return JSON.readValue(Files.readAllBytes(home.resolve("faults.json")), Faults.class);
    } catch (NoSuchFileException e) {
      return NONE;
    } catch (IOException e) {
      throw new IllegalStateException("faults.json: " + e.getMessage(), e);
    }
  }
}

package io.kneard.cluster;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a recovery leaves for the members that were not part of it: with it they come back to the
 * cluster as it is now. Their own data may differ from what the recovered member had, and are set
 * aside; so there are none in here. It is as secret as the tokens in it.
 *
 * @param recoveredBy the member that went on
 * @param recoveredAt when, in RFC 3339
 * @param tokens by the names of the others, see {@link JoinToken}
 */
record RecoveryArchive(String recoveredBy, String recoveredAt, Map<String, String> tokens) {
  private static final long LARGEST = 1 << 20;

  RecoveryArchive {
    if (recoveredBy == null || recoveredAt == null || tokens == null) {
      throw new IllegalArgumentException("recovered_by, recovered_at and tokens are wanted");
    }
    tokens = Map.copyOf(tokens);
  }

  /**
   * Reads one.
   *
   * @throws IOException that never repeats what is in it
   */
  static RecoveryArchive read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + ": more than " + LARGEST + " bytes");
    }
    try {
      return StateFolder.YAML.readValue(Files.readString(file), RecoveryArchive.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(file + ": what 'kneardctl cluster recover' has made is wanted");
    }
  }

  void write(Path file) throws IOException {
    StateFolder.replace(file, StateFolder.YAML.writeValueAsString(this));
  }

  /** The token for that member. */
  JoinToken token(StateFolder.Self self) throws IOException {
    String token = tokens.get(self.name());
    if (token == null) {
      throw new IOException(
          "the recovery archive of %s is not for %s, but for %s"
              .formatted(recoveredBy, self.name(), tokens.keySet()));
    }
    try {
      return JoinToken.decode(token);
    } catch (IllegalArgumentException e) {
      throw new IOException("the recovery archive: " + e.getMessage());
    }
  }

  /** Never the tokens. */
  @Override
  public String toString() {
    return "RecoveryArchive[recoveredBy=" + recoveredBy + ", for=" + tokens.keySet() + "]";
  }
}

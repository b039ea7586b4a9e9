package io.kneard.lock.consul;

import io.kneard.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The files with the token and the certificates, as they were last read. */
final class Credentials {
  /** A refused token is looked for again no more often than this. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final int LONGEST_TOKEN = 4096;

  private final ConsulOptions options;
  private volatile Access now;
  private long tokenReadAt;

  Credentials(ConsulOptions options) throws IOException {
    this.options = options;
    read();
  }

  Access now() {
    return now;
  }

  /**
   * Reads all files again.
   *
   * @throws IOException with a sentence that names file and wish; nothing has changed then
   */
  synchronized void read() throws IOException {
    Optional<String> token =
        options.tokenFile().isPresent()
            ? Optional.of(token(options.tokenFile().get()))
            : Optional.empty();
    Optional<Tls> tls =
        options.tls().isPresent() ? Optional.of(options.tls().get().load()) : Optional.empty();
    tokenReadAt = System.nanoTime();
    now = new Access(token, tls);
  }

  /** Reads the token again, as it was refused; whether there is another one now. */
  synchronized boolean tokenChanged() {
    if (options.tokenFile().isEmpty() || System.nanoTime() - tokenReadAt < PAUSE.toNanos()) {
      return false;
    }
    tokenReadAt = System.nanoTime();
    try {
      Optional<String> fresh = Optional.of(token(options.tokenFile().get()));
      boolean changed = !fresh.equals(now.token());
      now = new Access(fresh, now.tls());
      return changed;
    } catch (IOException e) {
      return false; // the refusal says what is needed
    }
  }

  /** One word, because what else a header cannot hold would end up in an exception's message. */
  private static String token(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST_TOKEN + 1);
    } catch (IOException e) {
      throw new IOException(
          "consul.token-file = %s: cannot be read: %s"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
    String token = new String(bytes, StandardCharsets.UTF_8).strip();
    if (token.isEmpty()
        || bytes.length > LONGEST_TOKEN
        || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IOException(
          "consul.token-file = %s: a file with one line, the token, and nothing else"
              .formatted(file));
    }
    return token;
  }
}

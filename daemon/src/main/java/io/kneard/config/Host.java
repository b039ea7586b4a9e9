package io.kneard.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the settings take from the host.
 *
 * @param environment the environment variables
 * @param name the host's name, if it can be told
 */
public record Host(Map<String, String> environment, Optional<String> name) {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  public Host {
    environment = Map.copyOf(environment);
  }

  /** This host. Its name comes from the kernel: asking the name service could hang. */
  public static Host current() {
    Map<String, String> environment = System.getenv();
    try {
      return new Host(environment, Optional.of(Files.readString(HOST_NAME).strip()));
    } catch (IOException e) {
      return new Host(environment, Optional.ofNullable(environment.get("HOSTNAME")));
    }
  }

  /** A variable; an empty one counts as not set. */
  Optional<String> variable(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isEmpty());
  }

  /** Where systemd puts the files of {@code LoadCredential=}. */
  Optional<Path> credentials() {
    return variable("CREDENTIALS_DIRECTORY").map(Path::of);
  }

  @Override
  public String toString() {
    return name.orElse("a host without a name"); // the environment may hold secrets
  }
}

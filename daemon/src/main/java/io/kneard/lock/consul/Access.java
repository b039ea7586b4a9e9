package io.kneard.lock.consul;

import io.kneard.tls.Tls;
import java.util.Optional;

/** With what Consul is accessed. */
record Access(Optional<String> token, Optional<Tls> tls) {
  /** Nothing of the token. */
  @Override
  public String toString() {
    return "Access[token=%s, tls=%s]"
        .formatted(token.map(secret -> "***").orElse("none"), tls.isPresent());
  }
}

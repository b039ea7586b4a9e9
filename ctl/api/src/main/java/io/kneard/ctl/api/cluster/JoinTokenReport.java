package io.kneard.ctl.api.cluster;

/**
 * A token that was made, for {@code --json}.
 *
 * @param name of the member that is to join with it
 * @param token a secret until it is used
 */
public record JoinTokenReport(String name, String token) {
  /** Never the token. */
  @Override
  public String toString() {
    return "JoinTokenReport[name=%s, token=***]".formatted(name);
  }
}

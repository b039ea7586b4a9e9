package io.kneard.ctl.api.cluster;

import java.util.Map;

/**
 * What a host is to become.
 *
 * @param bootstrap whether it founds a cluster
 * @param config the application's own settings; nothing of it is used
 * @param joinToken whom to join; null to found a cluster
 * @param address of its API, {@code IP:PORT}
 * @param name of the member
 */
public record Control(
    boolean bootstrap, Map<String, String> config, String joinToken, String address, String name) {
  /** Never the token, which is a secret. */
  @Override
  public String toString() {
    return "Control[bootstrap=%s, address=%s, name=%s]".formatted(bootstrap, address, name);
  }
}

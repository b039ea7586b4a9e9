package io.kneard.lock.consul;

import io.kneard.lock.Holder;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name of a session tells whose it is: {@code kneard/ACCOUNT/NODE/HOST}, each part URL encoded.
 * Sessions exist in Voting and Validating only, so their list is the list of hosts that stand
 * ready; that of a host that does not stand begins with {@code kneard-paused}.
 */
final class SessionName {
  private static final String STANDING = "kneard/";
  private static final String PAUSED = "kneard-paused/";

  private SessionName() {}

  static String of(String accountId, Holder self, boolean stands) {
    String kind = stands ? STANDING : PAUSED;
    return kind + encode(accountId) + "/" + encode(self.nodeId()) + "/" + encode(self.hostname());
  }

  static Optional<Holder> parse(String accountId, String name) {
    String prefix = STANDING + encode(accountId) + "/";
    int slash = name.indexOf('/', prefix.length());
    if (!name.startsWith(prefix) || slash < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Holder(
              decode(name.substring(slash + 1)), decode(name.substring(prefix.length(), slash))));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // somebody else's session that happens to begin like ours
    }
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8);
  }

  private static String decode(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }
}

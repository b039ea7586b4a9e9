package io.kneard.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a ledger.
 *
 * @param order its place in the file, which is the order of writing
 * @param clockMillis {@code /proc/uptime} of the writer, taken before writing
 * @param signer who wrote it
 * @param kind what happened
 * @param height the block
 * @param key the public key; {@code -} where none is concerned
 */
record Line(int order, long clockMillis, Signer signer, Kind kind, long height, String key) {

  /** What a line tells. */
  enum Kind {
    START,
    SIGN_START,
    SIGN,
    SIGN_STOP,
    EXIT
  }

  /** Empty if the text is no complete line. */
  static Optional<Line> parse(int order, String text) {
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split(" ", -1)) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(field.substring(0, equals), field.substring(equals + 1));
      }
    }
    if (!fields.keySet().containsAll(java.util.List.of("node", "kind", "key"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Line(
              order,
              Long.parseLong(fields.get("clock")),
              new Signer(fields.get("node"), Long.parseLong(fields.get("pid"))),
              Kind.valueOf(fields.get("kind").replace('-', '_').toUpperCase(java.util.Locale.ROOT)),
              Long.parseLong(fields.get("height")),
              fields.get("key")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

package io.kneard.cluster;

import io.kneard.ctl.api.cluster.TokenRecord;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Row;
import io.kneard.dqlite.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

/** The tokens that wait to be used. Only hashes of their secrets are stored. */
final class TokenTable {
  private TokenTable() {}

  /** What a secret is worth. */
  enum Worth {
    GOOD,
    EXPIRED,
    UNKNOWN
  }

  /** Puts a token in, in place of an older one for that name. */
  static void add(Session session, String name, String secret, Instant expires)
      throws DqliteException {
    session.execute(
        "INSERT OR REPLACE INTO core_token_records VALUES (?, ?, ?)",
        name,
        JoinToken.hash(secret),
        expires.toEpochMilli());
  }

  /** None is good anymore. */
  static void removeAll(Session session) throws DqliteException {
    session.execute("DELETE FROM core_token_records");
  }

  /**
   * Uses a token up; within the transaction that makes the member.
   *
   * @return whether it was good for that name; one that was not stays
   */
  static Worth consume(Session session, String name, String secret, Instant now)
      throws DqliteException {
    List<Row> rows =
        session.query(
            "SELECT secret_hash, expires_at FROM core_token_records WHERE name = ?", name);
    byte[] shown = bytes(JoinToken.hash(secret));
    if (rows.isEmpty() || !MessageDigest.isEqual(shown, bytes(rows.get(0).text(0)))) {
      return Worth.UNKNOWN;
    }
    if (now.toEpochMilli() >= rows.get(0).whole(1)) {
      return Worth.EXPIRED;
    }
    session.execute("DELETE FROM core_token_records WHERE name = ?", name);
    return Worth.GOOD;
  }

  static List<TokenRecord> all(Session session, Instant now) throws DqliteException {
    return session
        .query(
            "SELECT name, expires_at FROM core_token_records WHERE expires_at > ? ORDER BY name",
            now.toEpochMilli())
        .stream()
        .map(row -> new TokenRecord(row.text(0), Instant.ofEpochMilli(row.whole(1)).toString()))
        .toList();
  }

  /** Whether there was one. */
  static boolean revoke(Session session, String name) throws DqliteException {
    return session.execute("DELETE FROM core_token_records WHERE name = ?", name).rowsAffected()
        > 0;
  }

  /** Removes those that were good until then, or not so long. */
  static void removeExpired(Session session, Instant then) throws DqliteException {
    session.execute("DELETE FROM core_token_records WHERE expires_at <= ?", then.toEpochMilli());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

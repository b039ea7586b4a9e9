package io.kneard.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.ControlJson;
import io.kneard.dqlite.NodeSettings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What a host needs to join: base64 of JSON. Who has it can join once, until it expires.
 *
 * @param secret only its hash is in the database
 * @param fingerprint of the cluster's certificate, SHA-256 in hexadecimal: whom to believe
 * @param joinAddresses members to ask, any of them
 */
public record JoinToken(String secret, String fingerprint, List<String> joinAddresses) {
  private static final int SECRET_BYTES = 32;
  private static final int LONGEST = 64 * 1024;

  /** Checks that everything is there. */
  public JoinToken {
    if (secret == null || fingerprint == null || joinAddresses == null || joinAddresses.isEmpty()) {
      throw new IllegalArgumentException("a secret, a fingerprint and addresses are wanted");
    }
    joinAddresses = List.copyOf(joinAddresses);
    joinAddresses.forEach(address -> NodeSettings.parseAddress("join_addresses", address));
  }

  /** A secret that nobody can guess. */
  static String newSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What the database keeps of a secret: it was made by chance, so one round is enough. */
  static String hash(String secret) {
    return HexFormat.of().formatHex(Certificates.sha256(secret.getBytes(StandardCharsets.UTF_8)));
  }

  /** As it is handed over. */
  public String encode() {
    try {
      return Base64.getEncoder().encodeToString(ControlJson.get().writeValueAsBytes(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a token as JSON", e);
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException that never repeats the text
   */
  public static JoinToken decode(String text) {
    String wish = "join_token: not a whole token: what 'kneardctl cluster token add' has printed";
    if (text == null || text.length() > LONGEST) {
      throw new IllegalArgumentException(wish);
    }
    try {
      byte[] json = Base64.getDecoder().decode(text.strip());
      JoinToken token = ControlJson.get().readValue(json, JoinToken.class);
      if (token == null) {
        throw new IllegalArgumentException(wish);
      }
      return token;
    } catch (java.io.IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(wish); // the cause may quote the secret
    }
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "JoinToken[secret=***, joinAddresses=" + joinAddresses + "]";
  }
}

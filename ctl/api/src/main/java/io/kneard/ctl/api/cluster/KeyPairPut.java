package io.kneard.ctl.api.cluster;

/**
 * A certificate with its key.
 *
 * @param cert PEM
 * @param key PEM, PKCS #8
 * @param ca PEM; not used, since certificates are trusted one by one
 */
public record KeyPairPut(String cert, String key, String ca) {
  /** Never the key. */
  @Override
  public String toString() {
    return "KeyPairPut[key=***]";
  }
}

package io.kneard.cluster;

import io.kneard.dqlite.NodeSettings;
import java.security.cert.X509Certificate;

/**
 * A member as the trust store has it.
 *
 * @param name a valid one, see {@link MemberName}
 * @param address of its API, {@code host:port}
 * @param certificate PEM; its key is that member's alone
 */
public record TrustedMember(String name, String address, String certificate) {
  /** Checks all three. */
  public TrustedMember {
    MemberName.check(name);
    NodeSettings.parseAddress("address", address);
    Certificates.parse(certificate);
  }

  /** The certificate itself. */
  X509Certificate x509() {
    return Certificates.parse(certificate);
  }
}

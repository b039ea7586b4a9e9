package io.kneard.cluster;

import io.kneard.http.Call;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/**
 * Who makes a request.
 *
 * @param local an administrator, through the control socket
 * @param certificate the one whose key the caller has; empty if it showed none
 * @param member whose it is, if that member is trusted
 */
record Caller(
    boolean local, Optional<X509Certificate> certificate, Optional<TrustedMember> member) {

  /** Who may make a request. */
  enum Access {
    ANYONE,
    TRUSTED,
    LOCAL
  }

  static Caller of(Call call, boolean local, Optional<TrustStore> trust, Instant now) {
    return new Caller(
        local,
        call.peer(),
        call.peer().flatMap(shown -> trust.flatMap(store -> store.owner(shown, now))));
  }

  boolean may(Access access) {
    return switch (access) {
      case ANYONE -> true;
      case TRUSTED -> local || member.isPresent();
      case LOCAL -> local;
    };
  }
}

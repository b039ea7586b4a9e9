package io.kneard.lock.consul;

import io.kneard.lock.Holder;
import io.kneard.lock.LockTiming;
import io.kneard.tls.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How Consul is reached.
 *
 * @param urls agents, tried in turn
 * @param tokenFile holds the ACL token; read again on a reload and when Consul refuses
 * @param tls certificates and key; empty for what the system trusts
 * @param accountId the validator; the key is {@code kneard-leader/<accountId>}
 * @param self this host, as the others see it
 * @param timing the session's TTL and lock delay
 * @param timeout of one call, in whole, however many agents are asked: no more than the interval of
 *     renewals
 */
public record ConsulOptions(
    List<URI> urls,
    Optional<Path> tokenFile,
    Optional<TlsFiles> tls,
    String accountId,
    Holder self,
    LockTiming timing,
    Duration timeout) {
  public ConsulOptions {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("consul.urls is empty: at least one is wanted");
    }
  }

  String key() {
    return "kneard-leader/" + accountId;
  }
}

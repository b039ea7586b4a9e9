package io.kneard.lock.consul;

import com.orbitz.consul.Consul;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import okhttp3.OkHttpClient;

/**
 * One Consul agent. Blocking queries have a client of their own: only destroying it ends them, and
 * a renewal never waits behind one.
 */
final class Agent {
  final URI url;
  final Consul asking;
  final Consul watching;
  final OkHttpClient http;

  Agent(URI url, Optional<String> token, Duration timeout) {
    this.url = url;
    this.asking = client(token, timeout, timeout);
    this.watching = client(token, timeout, timeout); // lengthened by each query by its own wait
    this.http =
        new OkHttpClient.Builder().callTimeout(timeout).retryOnConnectionFailure(false).build();
  }

  private Consul client(Optional<String> token, Duration connect, Duration read) {
    Consul.Builder builder =
        Consul.builder()
            .withUrl(url.toString())
            .withPing(false)
            .withConnectTimeoutMillis(connect.toMillis())
            .withWriteTimeoutMillis(connect.toMillis())
            .withReadTimeoutMillis(read.toMillis());
    token.ifPresent(builder::withTokenAuth); // a header; the other way puts it into the URL
    return builder.build();
  }

  void close() {
    asking.destroy();
    watching.destroy();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}

package io.kneard.lock.consul;

import com.orbitz.consul.Consul;
import com.orbitz.consul.ConsulException;
import io.kneard.tls.Tls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * One Consul agent: by consul-client and, for what that cannot express, by plain requests. Looks
 * that wait for a change have a client of their own, so that they can be ended without ending
 * anything else.
 */
final class Agent {
  private static final String TOKEN = "X-Consul-Token";
  private static final long LONGEST_ANSWER = 1 << 20;
  private static final MediaType JSON = MediaType.get("application/json");

  /** A success; the index is 0 where the answer has none. */
  record Reply(String body, long index) {}

  /** More requests at once than a host ever makes; more would be requests that hang. */
  private static final int CALLS = 8;

  final URI url;
  private final Consul client;
  private final ExecutorService calls =
      new ThreadPoolExecutor(
          0, CALLS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Agent::thread);
  private final Optional<String> token;
  private final OkHttpClient requests;
  private final OkHttpClient looks;

  /**
   * @param patience for a connection, and for each answer to consul-client
   */
  Agent(URI url, Access access, Duration patience) {
    this.url = url;
    this.token = access.token();
    Consul.Builder builder =
        Consul.builder()
            .withUrl(url.toString())
            .withPing(false)
            // Its own choice needs a class that OkHttp 5 has not.
            .withExecutorService(calls)
            .withConnectTimeoutMillis(patience.toMillis())
            .withWriteTimeoutMillis(patience.toMillis())
            .withReadTimeoutMillis(patience.toMillis());
    token.ifPresent(builder::withTokenAuth); // a header; the other way puts it into the URL
    OkHttpClient.Builder plain =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1)) // one that hangs is not shared with the next
            .connectTimeout(patience)
            .readTimeout(Duration.ZERO) // the whole call is bounded
            .followRedirects(false) // the token is for this agent only
            .retryOnConnectionFailure(false);
    tls(url, access)
        .ifPresent(
            tls -> {
              builder.withSslContext(tls.context()).withTrustManager(tls.trust());
              plain.sslSocketFactory(tls.context().getSocketFactory(), tls.trust());
            });
    this.client = builder.build();
    this.requests = plain.build();
    this.looks = plain.dispatcher(new Dispatcher()).build();
  }

  /** Empty: as the JDK has it. */
  private static Optional<Tls> tls(URI url, Access access) {
    return "https".equals(url.getScheme()) ? access.tls() : Optional.of(Tls.thatTrustsNobody());
  }

  /** What consul-client is asked to do. */
  interface Call<T> {
    T with(Consul client);
  }

  /**
   * Asks by consul-client, which bounds each read, and not the whole answer.
   *
   * @throws ConsulException for an answer other than a success
   * @throws IOException if there was no whole answer in time
   */
  <T> T ask(Call<T> call, Duration bound) throws IOException {
    Future<T> answer;
    try {
      answer = calls.submit(() -> call.with(client));
    } catch (RejectedExecutionException e) {
      throw new IOException(
          calls.isShutdown()
              ? "another connection has taken this one's place"
              : "%d requests hang already".formatted(CALLS),
          e);
    }
    try {
      return answer.get(Math.max(1, bound.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("no whole answer within %d ms".formatted(bound.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for an answer");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } finally {
      answer.cancel(true);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "consul");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Sends a JSON body.
   *
   * @throws Rejected for an answer other than a success
   * @throws IOException if there was no whole answer in time
   */
  Reply put(String path, String json, Duration bound) throws IOException {
    return exchange(requests, request(path).put(RequestBody.create(json, JSON)), bound);
  }

  /** Asks; throws as {@link #put} does. */
  Reply get(String path, Duration bound) throws IOException {
    return exchange(requests, request(path), bound);
  }

  /** Asks, and may be ended by {@link #endLooks}; throws as {@link #put} does. */
  Reply look(String path, Duration bound) throws IOException {
    return exchange(looks, request(path), bound);
  }

  private Request.Builder request(String path) {
    Request.Builder request = new Request.Builder().url(url.resolve(path).toString());
    token.ifPresent(value -> request.header(TOKEN, value));
    return request;
  }

  private static Reply exchange(OkHttpClient http, Request.Builder request, Duration bound)
      throws IOException {
    okhttp3.Call call = http.newCall(request.build());
    call.timeout().timeout(Math.max(1, bound.toNanos()), TimeUnit.NANOSECONDS);
    try (Response response = call.execute()) {
      String body = response.peekBody(LONGEST_ANSWER).string();
      String index = response.header("X-Consul-Index", "0");
      long at = index.matches("\\d{1,18}") ? Long.parseLong(index) : 0;
      if (!response.isSuccessful()) {
        throw new Rejected(response.code(), body, at);
      }
      return new Reply(body, at);
    }
  }

  /** Ends the looks under way. */
  void endLooks() {
    looks.dispatcher().cancelAll();
  }

  /** No longer asked anything; what is under way, apart from looks, goes on to its end. */
  void retire() {
    endLooks();
    calls.shutdown();
    requests.connectionPool().evictAll();
    looks.connectionPool().evictAll();
  }

  /** Ends everything that is under way. */
  void close() {
    retire();
    requests.dispatcher().cancelAll();
    calls.shutdownNow();
    client.destroy();
  }
}

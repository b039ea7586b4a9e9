package io.kneard.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.cluster.Envelope;
import io.kneard.tls.Identity;
import io.kneard.tls.PinnedTrust;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.TlsVersion;
import okio.BufferedSource;

/** Asks other members, as one member and trusting one certificate: the cluster's. */
final class ClusterClient implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final long LARGEST_ANSWER = 4L << 20;
  private static final int AT_ONCE = 64;

  private final OkHttpClient http;

  /**
   * A client.
   *
   * @param trust which certificate the others show
   */
  ClusterClient(Identity self, PinnedTrust trust) {
    Dispatcher dispatcher =
        new Dispatcher(
            new ThreadPoolExecutor(
                0, AT_ONCE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), ClusterClient::thread));
    dispatcher.setMaxRequests(AT_ONCE);
    dispatcher.setMaxRequestsPerHost(AT_ONCE);
    try {
      this.http =
          new OkHttpClient.Builder()
              .dispatcher(dispatcher)
              .readTimeout(Duration.ZERO) // each whole call is bounded
              .writeTimeout(Duration.ZERO)
              .sslSocketFactory(self.context(trust).getSocketFactory(), trust)
              .hostnameVerifier((host, session) -> true) // just one certificate is trusted
              .connectionSpecs(
                  List.of(
                      new ConnectionSpec.Builder(ConnectionSpec.RESTRICTED_TLS)
                          .tlsVersions(TlsVersion.TLS_1_3)
                          .build()))
              .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
              .retryOnConnectionFailure(false)
              .followRedirects(false)
              .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS as " + self, e);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "cluster-client");
    thread.setDaemon(true);
    return thread;
  }

  /** A request to one member. */
  record Question(String address, String method, String path, Object body) {}

  /**
   * Asks one member.
   *
   * @param bound how long it may take
   * @return the answer's metadata
   * @throws ClusterProblem with the member's own status and words, or 502 if it gave none
   */
  JsonNode ask(Question question, Duration bound) throws ClusterProblem {
    try {
      return begin(question, bound).get(bound.toMillis() + 500, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ClusterProblem problem
          ? problem
          : ClusterProblem.unreachable(question.address() + ": " + e.getCause().getMessage());
    } catch (TimeoutException e) {
      throw ClusterProblem.unreachable(question.address() + ": no answer within " + bound);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ClusterProblem.unavailable("Daemon is shutting down");
    }
  }

  /**
   * Asks several at once.
   *
   * @param questions by a name of the caller's
   * @param bound for all together
   * @return the names of those that answered well
   */
  Set<String> askAll(Map<String, Question> questions, Duration bound) {
    return answers(questions, bound).keySet();
  }

  /** As {@link #askAll}, with what was answered. */
  Map<String, JsonNode> answers(Map<String, Question> questions, Duration bound) {
    Map<String, CompletableFuture<JsonNode>> asked = new LinkedHashMap<>();
    questions.forEach((name, question) -> asked.put(name, begin(question, bound)));
    await(asked.values(), bound);
    Map<String, JsonNode> good = new LinkedHashMap<>();
    asked.forEach(
        (name, answer) -> {
          if (answer.isDone() && !answer.isCompletedExceptionally()) {
            good.put(name, answer.join() == null ? MissingNode.getInstance() : answer.join());
          }
        });
    return good;
  }

  private static void await(Collection<CompletableFuture<JsonNode>> all, Duration bound) {
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
          .get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Who has not answered well is not among those that are returned.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<JsonNode> begin(Question question, Duration bound) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    try {
      Call call = http.newCall(request(question));
      call.timeout().timeout(bound.toMillis(), TimeUnit.MILLISECONDS);
      call.enqueue(new Completing(question.address(), answer));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      answer.completeExceptionally(
          ClusterProblem.unreachable(question.address() + ": " + e.getMessage()));
    }
    return answer;
  }

  private static Request request(Question question) throws JsonProcessingException {
    RequestBody body =
        question.method().equals("GET")
            ? null
            : RequestBody.create(
                question.body() == null
                    ? new byte[] {'{', '}'}
                    : ControlJson.get().writeValueAsBytes(question.body()),
                JSON);
    return new Request.Builder()
        .url("https://" + question.address() + question.path())
        .method(question.method(), body)
        .build();
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdownNow();
  }

  private record Completing(String address, CompletableFuture<JsonNode> answer)
      implements Callback {
    @Override
    public void onFailure(Call call, IOException e) {
      answer.completeExceptionally(ClusterProblem.unreachable(address + ": " + e.getMessage()));
    }

    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        answer.complete(read(response));
      } catch (ClusterProblem | IOException | RuntimeException e) {
        answer.completeExceptionally(
            e instanceof ClusterProblem
                ? e
                : ClusterProblem.unreachable(address + ": " + e.getMessage()));
      }
    }

    private static JsonNode read(Response response) throws IOException, ClusterProblem {
      BufferedSource source = response.body().source();
      if (source.request(LARGEST_ANSWER + 1)) {
        throw new IOException("the answer has more than " + LARGEST_ANSWER + " bytes");
      }
      Envelope envelope;
      try {
        envelope = ControlJson.get().readValue(source.readByteArray(), Envelope.class);
      } catch (JsonProcessingException e) {
        throw new IOException("HTTP " + response.code() + " without the cluster's form", e);
      }
      if (response.code() != 200 || envelope == null) {
        String error = envelope == null ? "" : String.valueOf(envelope.error());
        throw new ClusterProblem(response.code() >= 400 ? response.code() : 502, error);
      }
      return envelope.metadata();
    }
  }
}

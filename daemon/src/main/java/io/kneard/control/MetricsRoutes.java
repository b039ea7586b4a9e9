package io.kneard.control;

import io.kneard.http.Answer;
import io.kneard.http.Call;
import io.kneard.http.Handler;
import io.kneard.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/** The paths of the metrics port, which are those of the original. */
final class MetricsRoutes implements Handler {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final MetricsServer.Source source;
  private final Map<String, Supplier<Answer>> routes =
      Map.of("/metrics", this::metrics, "/health", this::health, "/neard-pid", this::neardPid);

  MetricsRoutes(MetricsServer.Source source) {
    this.source = source;
  }

  @Override
  public Answer answer(Call call) {
    Supplier<Answer> route = routes.get(call.path());
    if (route == null) {
      return refusal(404, "there are /metrics, /health and /neard-pid");
    }
    return call.method().equals("GET") ? route.get() : onlyGet();
  }

  private Answer metrics() {
    return Answer.text(200, Metrics.CONTENT_TYPE, source.page());
  }

  private Answer health() {
    return source
        .problem()
        .map(why -> refusal(503, why))
        .orElseGet(() -> Answer.text(200, TEXT, "OK"));
  }

  /** Without a newline, and empty without a neard: as the original's callers read it. */
  private Answer neardPid() {
    return source
        .neardPid()
        .map(pid -> Answer.text(200, TEXT, pid.toString()))
        .orElseGet(() -> Answer.text(404, TEXT, ""));
  }

  private static Answer onlyGet() {
    byte[] body = "only GET and HEAD\n".getBytes(StandardCharsets.UTF_8);
    return new Answer.Whole(405, TEXT, body, Map.of("Allow", "GET, HEAD"));
  }

  @Override
  public Answer refusal(int status, String message) {
    return Answer.text(status, TEXT, message + "\n");
  }
}

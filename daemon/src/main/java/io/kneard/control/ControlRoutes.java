package io.kneard.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.ctl.api.Problem;
import io.kneard.ctl.api.Routes;
import io.kneard.ctl.api.SwitchoverRequest;
import io.kneard.http.Answer;
import io.kneard.http.Call;
import io.kneard.http.Handler;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Operations} in the form of {@link Routes}. */
final class ControlRoutes implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(ControlRoutes.class);

  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";

  /** Streams stay open for hours; the other half of the connections is for requests. */
  private static final int STREAMS = 16;

  private interface Action {
    Object answer(Call call) throws Refusal;
  }

  private final Operations operations;
  private final Duration heartbeat;
  private final Semaphore streams = new Semaphore(STREAMS);
  private final Map<String, Map<String, Action>> routes;

  /**
   * @param heartbeat between two empty lines of a silent stream of events
   */
  ControlRoutes(Operations operations, Duration heartbeat) {
    this.operations = operations;
    this.heartbeat = heartbeat;
    this.routes =
        Map.of(
            Routes.STATUS, get(call -> operations.status()),
            Routes.ACTIVE_VALIDATOR, get(call -> operations.activeValidator()),
            Routes.MAINTENANCE, maintenance(),
            Routes.SWITCHOVER, post(call -> operations.switchover(switchover(call))),
            Routes.PAUSE, post(call -> operations.pause()),
            Routes.RESUME, post(call -> operations.resume()),
            Routes.RELOAD, post(call -> operations.reload()),
            Routes.CHECK, get(call -> operations.check()),
            Routes.EVENTS, get(call -> events()));
  }

  private static Map<String, Action> get(Action action) {
    return Map.of("GET", action);
  }

  private static Map<String, Action> post(Action action) {
    return Map.of("POST", action);
  }

  private Map<String, Action> maintenance() {
    return Map.of(
        "GET", call -> operations.maintenance(),
        "POST", call -> operations.planMaintenance(plan(call)),
        "DELETE", call -> operations.cancelMaintenance());
  }

  private static MaintenanceRequest plan(Call call) throws Refusal {
    return RequestBody.read(call.body(), MaintenanceRequest.class);
  }

  private static SwitchoverRequest switchover(Call call) throws Refusal {
    return RequestBody.read(call.body(), SwitchoverRequest.class);
  }

  private Answer events() throws Refusal {
    if (!streams.tryAcquire()) {
      throw Refusal.busy(STREAMS + " streams of events are open: close some");
    }
    try {
      return new Answer.Stream(
          LINES, new EventStream(operations.subscribe(), heartbeat, streams::release));
    } catch (Refusal | RuntimeException e) {
      streams.release();
      throw e;
    }
  }

  @Override
  public Answer answer(Call call) {
    Map<String, Action> methods = routes.get(call.path());
    if (methods == null) {
      return problem(404, Problem.NOT_FOUND, "no such path: " + call.path());
    }
    Action action = methods.get(call.method());
    return action == null ? wrongMethod(call, methods) : perform(call, action);
  }

  private Answer perform(Call call, Action action) {
    try {
      Object result = action.answer(call);
      return result instanceof Answer answer ? answer : json(200, result);
    } catch (Refusal e) {
      return json(e.httpStatus(), e.problem());
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", call.method(), call.path(), e);
      return problem(500, Problem.INTERNAL, "a mistake in the daemon; its log has more");
    }
  }

  private static Answer wrongMethod(Call call, Map<String, Action> methods) {
    String allowed = String.join(", ", new TreeMap<>(methods).keySet());
    Answer.Whole answer =
        json(
            405,
            new Problem(
                Problem.BAD_METHOD,
                "%s %s: only %s".formatted(call.method(), call.path(), allowed)));
    return new Answer.Whole(405, JSON, answer.body(), Map.of("Allow", allowed));
  }

  @Override
  public Answer refusal(int status, String message) {
    return problem(status, code(status), message);
  }

  private static String code(int status) {
    return switch (status) {
      case 403 -> Problem.FORBIDDEN;
      case 413 -> Problem.TOO_LARGE;
      case 503 -> Problem.BUSY;
      default -> status < 500 ? Problem.BAD_REQUEST : Problem.INTERNAL;
    };
  }

  private static Answer problem(int status, String code, String message) {
    return json(status, new Problem(code, message));
  }

  private static Answer.Whole json(int status, Object value) {
    try {
      byte[] body = ControlJson.get().writeValueAsBytes(value);
      return new Answer.Whole(status, JSON, withNewline(body), Map.of());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value, e);
    }
  }

  /** So that the shell's prompt does not stick to the answer. */
  private static byte[] withNewline(byte[] body) {
    byte[] line = Arrays.copyOf(body, body.length + 1);
    line[body.length] = '\n';
    return line;
  }
}

package io.kneard.ctl.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.ctl.api.cluster.Envelope;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.function.Predicate;

/** From the bytes of an answer to a record that has everything its readers rely on. */
final class Answers {
  private Answers() {}

  static <T> T parse(byte[] body, Class<T> type, Predicate<T> whole) throws IOException {
    T answer;
    try {
      answer = ControlJson.get().readValue(body, type);
    } catch (JsonProcessingException e) {
      throw unlike(type, body);
    }
    if (answer == null || !whole.test(answer)) {
      throw unlike(type, body);
    }
    return answer;
  }

  /** The body of a refusal, or what its status alone says if another program made it. */
  static Problem problem(int status, byte[] body) {
    try {
      Problem problem = ControlJson.get().readValue(body, Problem.class);
      if (problem != null && problem.code() != null && problem.message() != null) {
        return problem;
      }
    } catch (IOException e) {
      // Said below: the answer has no words of its own.
    }
    return new Problem(code(status), "The daemon answered HTTP " + status + " without a reason.");
  }

  /** What is in an envelope of the cluster's API. */
  static JsonNode metadata(int status, byte[] body) throws IOException {
    Envelope envelope;
    try {
      envelope = ControlJson.get().readValue(body, Envelope.class);
    } catch (JsonProcessingException e) {
      throw unlike(Envelope.class, body);
    }
    if (status == 200 && envelope != null && envelope.metadata() != null) {
      return envelope.metadata();
    }
    boolean says = envelope != null && envelope.error() != null && !envelope.error().isEmpty();
    throw new ControlProblem(
        status, says ? new Problem(code(status), envelope.error()) : problem(status, body));
  }

  private static String code(int status) {
    return switch (status) {
      case 400 -> Problem.BAD_REQUEST;
      case 401, 403 -> Problem.FORBIDDEN;
      case 404 -> Problem.NOT_FOUND;
      case 405 -> Problem.BAD_METHOD;
      case 409 -> Problem.REFUSED;
      case 413, 431 -> Problem.TOO_LARGE;
      case 502, 504 -> Problem.UPSTREAM;
      case 503 -> Problem.BUSY;
      default -> Problem.INTERNAL;
    };
  }

  private static ProtocolException unlike(Class<?> type, byte[] body) {
    return new ProtocolException(
        "not a " + type.getSimpleName() + ": " + HttpLines.quote(HttpAnswer.text(body)));
  }

  static boolean whole(StatusReport report) {
    return report.state() != null
        && report.since() != null
        && report.lock() != null
        && report.neard() != null;
  }

  static boolean whole(MaintenanceReport report) {
    return report.phase() != null;
  }

  static boolean whole(SwitchoverReport report) {
    return report.message() != null;
  }

  static boolean whole(ReloadReport report) {
    return report.applied() != null && report.needRestart() != null && report.problems() != null;
  }

  static boolean whole(CheckReport report) {
    return report.findings() != null
        && report.findings().stream().allMatch(f -> f != null && f.level() != null);
  }
}

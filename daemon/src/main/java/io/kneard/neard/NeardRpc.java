package io.kneard.neard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * neard's JSON-RPC, as far as it is used. All methods throw an {@link IOException} that names the
 * method and says what neard answered instead of a result.
 */
public final class NeardRpc {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int LONGEST_MESSAGE = 200;

  /**
   * Heights in which a validator has nothing to produce.
   *
   * @param start the first
   * @param end the first after it
   */
  public record Quiet(long start, long end) {}

  private static final class UnknownMethod extends IOException {
    private static final long serialVersionUID = 1;

    UnknownMethod(String message) {
      super(message);
    }
  }

  private final NeardHttp http;

  NeardRpc(NeardHttp http) {
    this.http = http;
  }

  /**
   * The quiet stretches that are left in the current epoch. An account that is no validator has one
   * until the epoch's end.
   *
   * @param timeout of each of at most two requests: older builds know the method by another name
   */
  public List<Quiet> maintenanceWindows(String accountId, Duration timeout) throws IOException {
    ObjectNode params = JSON.createObjectNode().put("account_id", accountId);
    String method = "maintenance_windows";
    JsonNode result;
    try {
      result = call(method, params, timeout);
    } catch (UnknownMethod e) {
      method = "EXPERIMENTAL_maintenance_windows";
      result = call(method, params, timeout);
    }
    if (!result.isArray()) {
      throw new IOException(method + " answered no list of windows");
    }
    List<Quiet> windows = new ArrayList<>();
    for (JsonNode window : result) {
      windows.add(quiet(method, window));
    }
    return windows;
  }

  /** Older builds write {@code [start, end]}, newer ones an object. */
  private static Quiet quiet(String method, JsonNode window) throws IOException {
    JsonNode start = window.isArray() ? window.path(0) : window.path("start");
    JsonNode end = window.isArray() ? window.path(1) : window.path("end");
    if (!start.isIntegralNumber() || !end.isIntegralNumber()) {
      throw new IOException("%s answered %s as a window".formatted(method, brief(window)));
    }
    return new Quiet(start.asLong(), end.asLong());
  }

  private JsonNode call(String method, JsonNode params, Duration timeout) throws IOException {
    ObjectNode request = JSON.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", "kneard").put("method", method).set("params", params);
    NeardHttp.Reply reply = http.post(method, JSON.writeValueAsString(request), timeout);
    JsonNode answer = parse(reply.body());
    if (answer.has("error")) { // with 200, 400, 408, 422 or 500: the builds do not agree
      throw error(method, answer.path("error"));
    }
    if (reply.status() != 200 || !answer.has("result")) {
      throw new IOException(
          "%s answered HTTP %d without a result".formatted(method, reply.status()));
    }
    return answer.path("result");
  }

  private static JsonNode parse(String body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static IOException error(String method, JsonNode error) {
    String cause = error.path("cause").path("name").asText(error.path("name").asText(""));
    String message =
        "%s answered the error %s%s (%s)"
            .formatted(
                method,
                error.path("code").asText("without a code"),
                cause.isEmpty() ? "" : " " + cause,
                brief(error.path("data").isTextual() ? error.path("data") : error.path("message")));
    return error.path("code").asInt() == METHOD_NOT_FOUND
        ? new UnknownMethod(message)
        : new IOException(message);
  }

  /** Enough to recognise it by, on one line. */
  private static String brief(JsonNode node) {
    String text = (node.isTextual() ? node.asText() : node.toString()).replaceAll("\\s+", " ");
    return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text;
  }
}

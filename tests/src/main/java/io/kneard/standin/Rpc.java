package io.kneard.standin;

import io.kneard.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON-RPC calls that a supervisor makes. */
record Rpc(StatusPage page, Faults faults) {

  /**
   * @param status HTTP status
   * @param body JSON
   */
  record Answer(int status, String body) {}

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final long code;
    private final String name;

    Refused(int status, long code, String name, String message) {
      super(message, null, false, false);
      this.status = status;
      this.code = code;
      this.name = name;
    }
  }

  Answer answer(String body) {
    Object id = null;
    try {
      Map<String, Object> request = parse(body);
      id = request.get("id");
      if (faults.rpcErrorStatus() != null) {
        throw new Refused(
            faults.rpcErrorStatus().intValue(), -32000, "HANDLER_ERROR", "Server error");
      }
      Object result = result(String.valueOf(request.get("method")), request.get("params"));
      return new Answer(200, envelope("result", result, id));
    } catch (Refused e) {
      return new Answer(e.status, envelope("error", error(e), id));
    }
  }

  private static Map<String, Object> parse(String body) {
    try {
      return Json.readObject(body);
    } catch (IllegalArgumentException e) {
      throw new Refused(400, -32700, "REQUEST_VALIDATION_ERROR", "Parse error");
    }
  }

  private Object result(String method, Object params) {
    return switch (method) {
      case "maintenance_windows" -> windows("current", method, params);
      case "EXPERIMENTAL_maintenance_windows" -> windows("experimental", method, params);
      case "block" -> block(params);
      case "validators" -> validators();
      default -> throw notFound(method);
    };
  }

  private static Refused notFound(String method) {
    return new Refused(400, -32601, "REQUEST_VALIDATION_ERROR", "Method not found: " + method);
  }

  private Object windows(String form, String method, Object params) {
    if (!faults.windowsMethod().equals("both") && !faults.windowsMethod().equals(form)) {
      throw notFound(method);
    }
    if (!(params instanceof Map<?, ?> map) || !(map.get("account_id") instanceof String account)) {
      throw invalid("account_id is wanted");
    }
    return page.chain().windows(account, page.view().height()).stream()
        .map(
            w ->
                faults.windowsForm().equals("object")
                    ? (Object) Map.of("start", w.start(), "end", w.end())
                    : List.of(w.start(), w.end()))
        .toList();
  }

  private Object block(Object params) {
    if (!(params instanceof Map<?, ?> map)) {
      throw invalid("an object is wanted");
    }
    long height = "final".equals(map.get("finality")) ? page.finalHeight() : page.view().height();
    if (map.get("block_id") instanceof Long wanted) {
      if (wanted > page.view().height()) {
        throw new Refused(422, -32000, "HANDLER_ERROR", "UNKNOWN_BLOCK " + wanted);
      }
      height = wanted;
    }
    return Map.of(
        "author",
        page.chain().account(),
        "header",
        Map.of("height", height, "hash", StatusPage.hash(height)),
        "chunks",
        List.of());
  }

  private Object validators() {
    long height = page.view().height();
    long expected = page.chain().duties(height);
    long produced = expected * faults.producedPercent() / 100;
    Map<String, Object> validator = new LinkedHashMap<>();
    validator.put("account_id", page.chain().account());
    validator.put("num_produced_blocks", produced);
    validator.put("num_expected_blocks", expected);
    validator.put("num_produced_chunks", produced * 4);
    validator.put("num_expected_chunks", expected * 4);
    validator.put("is_slashed", false);
    return Map.of(
        "current_validators",
        List.of(validator),
        "next_validators",
        List.of(Map.of("account_id", page.chain().account())),
        "epoch_start_height",
        page.chain().epochStart(height),
        "epoch_height",
        page.chain().epoch(height));
  }

  private static Refused invalid(String why) {
    return new Refused(400, -32602, "REQUEST_VALIDATION_ERROR", "Invalid params: " + why);
  }

  private static Map<String, Object> error(Refused e) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("name", e.name);
    error.put("cause", Map.of("name", e.name, "info", Map.of()));
    error.put("code", e.code);
    error.put("message", e.getMessage());
    error.put("data", e.getMessage());
    return error;
  }

  private static String envelope(String part, Object value, Object id) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("jsonrpc", "2.0");
    json.put(part, value);
    json.put("id", id);
    return Json.write(json);
  }
}

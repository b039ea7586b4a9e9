package io.kneard.standin;

import io.kneard.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the stand-in does wrong, and how it is set up; as an object in {@code HOME/faults.json}.
 *
 * @param hang connections are accepted and nothing answers
 * @param unavailable every answer is 503 with an empty body
 * @param ignoreSigterm SIGTERM and SIGINT do nothing
 * @param crash ends with exit code 101 at once
 * @param slowStartMs time until the HTTP port opens
 * @param loseSync says that it is syncing, does not advance and does not sign
 * @param keepKey goes on with the key when the file is gone
 * @param neverReload SIGHUP does nothing
 * @param noSyncInfo {@code /status} without {@code sync_info}
 * @param stopMs how long an orderly stop takes
 * @param windowsMethod {@code current}, {@code experimental}, {@code both} or {@code none}
 * @param windowsForm {@code pair} or {@code object}
 * @param rpcErrorStatus every JSON-RPC call fails with this HTTP status; null for none
 * @param producedPercent share of its blocks that the validator gets produced
 * @param dynConfig takes {@code expected_shutdown} from {@code dyn_config.json} and counts its
 *     reloads elsewhere, as builds of late 2022 do
 * @param ignoreHeight reads {@code expected_shutdown} and does not stop at it
 */
public record Faults(
    boolean hang,
    boolean unavailable,
    boolean ignoreSigterm,
    boolean crash,
    long slowStartMs,
    boolean loseSync,
    boolean keepKey,
    boolean neverReload,
    boolean noSyncInfo,
    long stopMs,
    String windowsMethod,
    String windowsForm,
    Long rpcErrorStatus,
    long producedPercent,
    boolean dynConfig,
    boolean ignoreHeight) {

  /** Name of the file in neard's home. */
  public static final String FILE = "faults.json";

  /** A neard without faults. */
  public static final Faults NONE = parse("{}");

  /**
   * Reads the file's text. What is not given is as in a neard without faults.
   *
   * @throws IllegalArgumentException if a name is unknown or a value has the wrong type
   */
  public static Faults parse(String text) {
    Map<String, Object> json = Json.readObject(text);
    Taker take = new Taker(json);
    Faults faults =
        new Faults(
            take.flag("hang"),
            take.flag("unavailable"),
            take.flag("ignore_sigterm"),
            take.flag("crash"),
            take.number("slow_start_ms", 0L),
            take.flag("lose_sync"),
            take.flag("keep_key"),
            take.flag("never_reload"),
            take.flag("no_sync_info"),
            take.number("stop_ms", 0L),
            take.word("windows_method", "both"),
            take.word("windows_form", "pair"),
            take.number("rpc_error_status", null),
            take.number("produced_percent", 100L),
            take.flag("dyn_config"),
            take.flag("ignore_height"));
    take.refuseTheRest();
    return faults;
  }

  private record Taker(Map<String, Object> json, Set<String> known) {
    Taker(Map<String, Object> json) {
      this(json, new TreeSet<>());
    }

    boolean flag(String name) {
      return take(name, Boolean.class, false);
    }

    Long number(String name, Long otherwise) {
      return take(name, Long.class, otherwise);
    }

    String word(String name, String otherwise) {
      return take(name, String.class, otherwise);
    }

    private <T> T take(String name, Class<T> type, T otherwise) {
      known.add(name);
      Object value = json.get(name);
      if (value != null && !type.isInstance(value)) {
        throw new IllegalArgumentException(
            name + " = " + value + ": a " + type.getSimpleName() + " is wanted");
      }
      return value == null ? otherwise : type.cast(value);
    }

    void refuseTheRest() {
      for (String name : json.keySet()) {
        if (!known.contains(name)) {
          throw new IllegalArgumentException(name + " is no fault; known are " + known);
        }
      }
    }
  }
}

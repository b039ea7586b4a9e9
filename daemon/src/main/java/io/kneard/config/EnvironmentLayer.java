package io.kneard.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads environment variables. An empty one counts as not set, because units and scripts cannot
 * easily leave one out.
 */
final class EnvironmentLayer {
  private static final String PREFIX = "KNEARD_";

  /** The variable that names the settings file. */
  static final String CONFIG = PREFIX + "CONFIG";

  /** Variables with the prefix that are no keys: those of the start script and of kneardctl. */
  private static final Set<String> RESERVED =
      Set.of(CONFIG, PREFIX + "JAVA_OPTS", PREFIX + "DEBUG");

  private EnvironmentLayer() {}

  /** The original's variables. Others of its prefix are left alone: they never did anything. */
  static Layer original(Map<String, String> environment) {
    Layer layer = Layer.empty();
    for (Key<?> key : Keys.ALL) {
      take(layer, key, key.original(), environment);
    }
    return layer;
  }

  /** This daemon's variables; unknown ones are a mistake. */
  static Layer own(Map<String, String> environment) {
    Layer layer = Layer.empty();
    for (Key<?> key : Keys.ALL) {
      take(layer, key, List.of(key.variable()), environment);
    }
    List<String> names = Keys.ALL.stream().map(Key::variable).toList();
    environment.keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .filter(name -> !RESERVED.contains(name) && !names.contains(name))
        .sorted()
        .forEach(
            name ->
                layer
                    .complaints()
                    .add(
                        Complaint.at(
                            name,
                            "no such variable" + Nearest.hint(name, names.stream()),
                            "correct its name, or remove it")));
    return layer;
  }

  private static void take(
      Layer layer, Key<?> key, List<String> names, Map<String, String> environment) {
    names.stream()
        .filter(name -> !environment.getOrDefault(name, "").isEmpty())
        .findFirst()
        .ifPresent(
            name ->
                layer
                    .given()
                    .put(key, Given.of(key, environment.get(name), new Origin.Variable(name))));
  }
}

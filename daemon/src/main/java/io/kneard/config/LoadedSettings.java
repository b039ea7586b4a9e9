package io.kneard.config;

import java.util.List;
import java.util.Objects;

/** Settings in force, and where each of them came from. */
public final class LoadedSettings {
  private final Settings settings;
  private final Values values;
  private final List<String> warnings;

  LoadedSettings(Settings settings, Values values, List<String> warnings) {
    this.settings = Objects.requireNonNull(settings);
    this.values = Objects.requireNonNull(values);
    this.warnings = List.copyOf(warnings);
  }

  public Settings settings() {
    return settings;
  }

  /** What is allowed but deserves a line in the log. */
  public List<String> warnings() {
    return warnings;
  }

  Values values() {
    return values;
  }
}

package io.kneard.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings as they were read, whether or not they can be used. */
public final class ReadSettings {
  private final Map<Key<?>, Given> given;
  private final Values values;
  private final List<Complaint> complaints;
  private final Optional<LoadedSettings> loaded;

  ReadSettings(
      Map<Key<?>, Given> given,
      Values values,
      List<Complaint> complaints,
      Optional<LoadedSettings> loaded) {
    this.given = Map.copyOf(given);
    this.values = values;
    this.complaints = List.copyOf(complaints);
    this.loaded = loaded;
  }

  /** A source could not be read, so no value is known for certain. */
  static ReadSettings broken(List<Complaint> complaints) {
    return new ReadSettings(Map.of(), new Values(), complaints, Optional.empty());
  }

  /**
   * To be used.
   *
   * @throws SettingsProblem with all that is wrong at once
   */
  public LoadedSettings loaded() throws SettingsProblem {
    return loaded.orElseThrow(() -> new SettingsProblem(complaints));
  }

  /** Whether there are values to be shown. */
  public boolean isReadable() {
    return !given.isEmpty();
  }

  /** What was given for the key, and not understood. */
  Optional<Given> refused(Key<?> key) {
    return values.find(key).isPresent() ? Optional.empty() : Optional.ofNullable(given.get(key));
  }

  Values values() {
    return values;
  }
}

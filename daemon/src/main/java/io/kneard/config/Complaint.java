package io.kneard.config;

import java.util.List;

/**
 * One thing that is wrong with the settings.
 *
 * @param key which one
 * @param text the whole sentence: key, value, where it came from and what is wanted; no secret
 */
public record Complaint(String key, String text) {

  static Complaint about(Key<?> key, Given given, String wish) {
    List<String> shown = given.texts().stream().map(key.type().redacted()).toList();
    String value = shown.isEmpty() ? "[]" : String.join(", ", shown);
    return new Complaint(
        key.path(), "%s = %s (%s): %s".formatted(key, value, given.origin(), wish));
  }

  static Complaint about(Key<?> key, String wish) {
    return new Complaint(key.path(), key + ": " + wish);
  }

  /** The sentence. */
  @Override
  public String toString() {
    return text;
  }
}

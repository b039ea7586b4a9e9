package io.kneard.config;

import java.util.List;

/**
 * One thing that is wrong with the settings; no secret is in it.
 *
 * @param key which one, or the file or variable that cannot be used
 * @param text the whole sentence: key, value, where it came from and what is wanted
 * @param message the sentence without the key
 * @param mend what to change
 */
public record Complaint(String key, String text, String message, String mend) {

  /** About a value that was given. */
  static Complaint about(Key<?> key, Given given, String wish) {
    return about(key, given, wish, change(key, given.origin()));
  }

  /** About what a value names, which may be put in order itself if it is a file. */
  static Complaint aboutFile(Key<?> key, Given given, String wish) {
    String change = change(key, given.origin());
    boolean file = key.type().unit().equals(Types.PATH.unit());
    String mend = file ? "put %s in order, or %s".formatted(redacted(key, given), change) : change;
    return about(key, given, wish, mend);
  }

  /**
   * About a value that is missing.
   *
   * @param first what else could be done, before setting the key; may be empty
   */
  static Complaint missing(Key<?> key, String wish, String first) {
    return at(key.path(), wish, first + set(key));
  }

  /** About something that was written and is no value of a key. */
  static Complaint about(String name, Origin origin, String wish) {
    return new Complaint(
        name, "%s (%s): %s".formatted(name, origin, wish), wish, "change " + origin);
  }

  /** About a whole place. */
  static Complaint at(String place, String message, String mend) {
    return new Complaint(place, place + ": " + message, message, mend);
  }

  /** The sentence. */
  @Override
  public String toString() {
    return text;
  }

  private static Complaint about(Key<?> key, Given given, String wish, String mend) {
    String message = "%s (%s): %s".formatted(redacted(key, given), given.origin(), wish);
    return new Complaint(key.path(), key + " = " + message, message, mend);
  }

  private static String redacted(Key<?> key, Given given) {
    List<String> shown = given.texts().stream().map(key.type().redacted()).toList();
    return shown.isEmpty() ? "[]" : String.join(", ", shown);
  }

  private static String change(Key<?> key, Origin origin) {
    return origin.isChosen() ? "change " + origin : set(key);
  }

  private static String set(Key<?> key) {
    return "set %s in the settings file, or %s".formatted(key, key.variable());
  }
}

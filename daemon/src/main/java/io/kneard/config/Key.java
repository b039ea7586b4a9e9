package io.kneard.config;

import java.util.List;
import java.util.Locale;

/**
 * One thing that can be set: a row of {@link Keys}.
 *
 * @param path where it stands in the settings file, such as {@code lock.ttl}
 * @param type how its values are written
 * @param preset what holds if nobody sets it
 * @param meaning for the operator: what it does and when to change it, in plain sentences
 * @param original the names of the original's environment variables, the first one set counts
 * @param change when a changed value takes effect
 */
record Key<T>(
    String path,
    ValueType<T> type,
    Preset preset,
    String meaning,
    List<String> original,
    Change change) {

  /** When a changed value takes effect. */
  enum Change {
    AT_START("restart"),
    AT_RELOAD("reload"),
    /** The path needs a restart; what is in the file is read again with every reload. */
    CONTENT_AT_RELOAD("content: reload; path: restart");

    private final String text;

    Change(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * What holds if nobody sets a key.
   *
   * @param texts the built-in value; empty if there is none
   * @param otherwise in words, what holds without a built-in value; else empty
   * @param example shown where there is no built-in value
   */
  record Preset(List<String> texts, String otherwise, String example) {
    static Preset of(String text) {
      return new Preset(List.of(text), "", text);
    }

    static Preset none(String otherwise, String example) {
      return new Preset(List.of(), otherwise, example);
    }
  }

  /** The table of the settings file it stands in; empty for the top level. */
  String section() {
    int dot = path.indexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }

  /** Its name within its section. */
  String name() {
    return path.substring(path.indexOf('.') + 1);
  }

  /** {@code lock.ttl} is {@code KNEARD_LOCK_TTL}. */
  String variable() {
    return "KNEARD_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** {@code lock.ttl} is {@code --lock.ttl}. */
  String flag() {
    return "--" + path;
  }

  boolean isList() {
    return type.form() == ValueType.Form.LIST;
  }

  @Override
  public String toString() {
    return path;
  }
}

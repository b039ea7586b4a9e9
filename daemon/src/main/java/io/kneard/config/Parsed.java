package io.kneard.config;

import java.util.function.Function;

/** What became of a text that somebody wrote as the value of a key. */
sealed interface Parsed<T> {

  /** It is a value. */
  record Value<T>(T value) implements Parsed<T> {}

  /**
   * It is none.
   *
   * @param wish what is wanted instead; it never repeats the text, which may hold a secret
   */
  record Refused<T>(String wish) implements Parsed<T> {}

  static <T> Parsed<T> value(T value) {
    return new Value<>(value);
  }

  static <T> Parsed<T> refused(String wish) {
    return new Refused<>(wish);
  }

  /** The value taken further; a refusal stays what it is. */
  default <R> Parsed<R> then(Function<? super T, Parsed<R>> next) {
    if (this instanceof Value<T> parsed) {
      return next.apply(parsed.value());
    }
    return refused(((Refused<T>) this).wish());
  }
}

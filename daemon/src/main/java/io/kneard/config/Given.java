package io.kneard.config;

import java.util.List;

/**
 * What somebody wrote as the value of a key, not read yet.
 *
 * @param texts one, or any number for a list
 * @param origin where it was written
 */
record Given(List<String> texts, Origin origin) {
  static Given of(Key<?> key, String text, Origin origin) {
    return new Given(key.isList() ? Types.split(text) : List.of(text), origin);
  }

  /** Not the texts: somebody may have pasted a secret. */
  @Override
  public String toString() {
    return "given in " + origin;
  }
}

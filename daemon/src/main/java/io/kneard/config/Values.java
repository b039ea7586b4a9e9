package io.kneard.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The value of each key that has one, and where it came from. */
final class Values {

  /** A value that was understood. */
  private record Entry<T>(Key<T> key, T value, Origin origin) {}

  private final Map<Key<?>, Entry<?>> entries = new LinkedHashMap<>();

  /** Takes what was given for the key if it is a value, else says what is wanted. */
  <T> Optional<String> read(Key<T> key, Given given) {
    Parsed<T> parsed = key.type().parser().apply(given.texts());
    if (parsed instanceof Parsed.Value<T> understood) {
      entries.put(key, new Entry<>(key, understood.value(), given.origin()));
      return Optional.empty();
    }
    return Optional.of(((Parsed.Refused<T>) parsed).wish());
  }

  /** The value; empty if the key has none, or what was given is none. */
  <T> Optional<T> find(Key<T> key) {
    return entry(key).map(Entry::value);
  }

  /** The value of a key that has one for certain. */
  <T> T get(Key<T> key) {
    return find(key).orElseThrow(() -> new IllegalStateException(key + " has no value"));
  }

  /** The value as it would be written, and where it came from; empty if there is none. */
  <T> Optional<Given> shown(Key<T> key) {
    return entry(key).map(e -> new Given(key.type().shown().apply(e.value()), e.origin()));
  }

  /** These values, but those of the other for which {@code fromOther} says so. */
  Values with(Values other, Predicate<Key<?>> fromOther) {
    Values mixed = new Values();
    for (Key<?> key : Keys.ALL) {
      Entry<?> entry = (fromOther.test(key) ? other : this).entries.get(key);
      if (entry != null) {
        mixed.entries.put(key, entry);
      }
    }
    return mixed;
  }

  /** The key is the entry's own, so the types agree. */
  @SuppressWarnings("unchecked")
  private <T> Optional<Entry<T>> entry(Key<T> key) {
    return Optional.ofNullable((Entry<T>) entries.get(key));
  }
}

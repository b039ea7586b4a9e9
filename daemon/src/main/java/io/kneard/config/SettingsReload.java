package io.kneard.config;

import java.util.List;
import java.util.Optional;

/**
 * What becomes of settings that were loaded again while the daemon runs.
 *
 * @param applied keys with a new value that is in force from now on
 * @param needRestart keys with a new value that counts from the next start on
 * @param inForce the old settings with the applied values
 */
public record SettingsReload(
    List<String> applied, List<String> needRestart, LoadedSettings inForce) {

  /** Sorts out what changed. */
  public static SettingsReload compare(LoadedSettings old, LoadedSettings fresh) {
    List<Key<?>> changed = Keys.ALL.stream().filter(key -> changed(key, old, fresh)).toList();
    Values mixed = old.values().with(fresh.values(), SettingsReload::reloadable);
    Settings settings = Settings.from(mixed, old.settings().keys().validatorPublicKey());
    return new SettingsReload(
        changed.stream().filter(SettingsReload::reloadable).map(Key::path).toList(),
        changed.stream().filter(key -> !reloadable(key)).map(Key::path).toList(),
        new LoadedSettings(settings, mixed, fresh.warnings()));
  }

  /** The validator key file counts as changed too if another key is in it. */
  private static boolean changed(Key<?> key, LoadedSettings old, LoadedSettings fresh) {
    String oldKey = old.settings().keys().validatorPublicKey();
    return !texts(old, key).equals(texts(fresh, key))
        || (key.equals(Keys.VALIDATOR_KEY)
            && !oldKey.equals(fresh.settings().keys().validatorPublicKey()));
  }

  private static boolean reloadable(Key<?> key) {
    return key.change() == Key.Change.AT_RELOAD;
  }

  private static Optional<List<String>> texts(LoadedSettings loaded, Key<?> key) {
    return loaded.values().shown(key).map(Given::texts);
  }
}

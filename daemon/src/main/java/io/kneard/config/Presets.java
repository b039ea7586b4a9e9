package io.kneard.config;

import io.kneard.lock.LockTiming;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What holds for the keys that nobody set. */
final class Presets {
  private static final Map<Key<?>, String> WITH_NODE_KEY =
      Map.of(Keys.VALIDATOR_ADDR, "0.0.0.0:24567", Keys.VOTER_ADDR, "0.0.0.0:24568");

  private final Map<Key<?>, Given> all;
  private final Host host;

  private Presets(Map<Key<?>, Given> given, Host host) {
    this.all = new LinkedHashMap<>(given);
    this.host = host;
  }

  /** What was given, completed. */
  static Map<Key<?>, Given> complete(Map<Key<?>, Given> given, Host host) {
    Presets presets = new Presets(given, host);
    presets.lockBackend();
    presets.builtIn();
    presets.fromHost();
    presets.fromProfile();
    presets.fromNodeKey();
    return presets.all;
  }

  /** Never by what this host happens to be: two hosts with different locks would both sign. */
  private void lockBackend() {
    if (all.containsKey(Keys.URLS)) {
      derive(Keys.LOCK_BACKEND, "consul", "consul.urls is set");
    } else if (all.values().stream().map(Given::origin).anyMatch(Origin::isOriginals)) {
      derive(Keys.LOCK_BACKEND, "consul", "settings of the original, which knows no other");
    } else {
      derive(Keys.LOCK_BACKEND, "embedded", "consul.urls is not set");
    }
  }

  private void builtIn() {
    for (Key<?> key : Keys.ALL) {
      if (!key.preset().texts().isEmpty()) {
        all.putIfAbsent(key, new Given(key.preset().texts(), new Origin.Default()));
      }
    }
  }

  private void fromHost() {
    host.name().ifPresent(name -> derive(Keys.NODE_ID, name, "host name"));
    host.credentials()
        .ifPresent(
            folder -> Keys.CREDENTIALS.forEach((key, name) -> fromCredentials(key, folder, name)));
  }

  /** Under its own name or, where systemd was given a whole folder, behind that folder's. */
  private void fromCredentials(Key<Path> key, Path folder, String name) {
    Stream.of(name, Keys.CREDENTIALS_FOLDER + "_" + name)
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst()
        .ifPresent(file -> derive(key, file.toString(), "CREDENTIALS_DIRECTORY"));
  }

  private void fromProfile() {
    Optional<Profile> profile = parsed(Keys.PROFILE);
    String name = "profile " + all.get(Keys.PROFILE).texts().get(0);
    LockBackend backend =
        parsed(Keys.LOCK_BACKEND).orElse(LockBackend.CONSUL); // one that is wrong is complained of
    profile.flatMap(it -> it.timing(backend)).ifPresent(timing -> derive(timing, name));
    if (profile.equals(Optional.of(Profile.CUSTOM))) {
      derive(Keys.LOCK_DELAY, "0s", name);
      derive(Keys.NODE_CHECK, "false", name);
    }
  }

  private <T> Optional<T> parsed(Key<T> key) {
    return key.type().parser().apply(all.get(key).texts()) instanceof Parsed.Value<T> known
        ? Optional.of(known.value())
        : Optional.empty();
  }

  private void derive(LockTiming timing, String from) {
    derive(Keys.TTL, Durations.show(timing.ttl()), from);
    derive(Keys.STOP_AFTER, Durations.show(timing.stopAfter()), from);
    derive(Keys.FENCE_BOUND, Durations.show(timing.fenceBound()), from);
    derive(Keys.LOCK_DELAY, Durations.show(timing.lockDelay()), from);
    derive(Keys.NODE_CHECK, String.valueOf(timing.nodeCheck()), from);
  }

  /** Without a node key of its own, the address of the running process cannot change. */
  private void fromNodeKey() {
    if (all.containsKey(Keys.VALIDATOR_NODE_KEY)) {
      WITH_NODE_KEY.forEach((key, text) -> derive(key, text, "keys.validator-node-key is set"));
    }
  }

  private void derive(Key<?> key, String text, String from) {
    all.putIfAbsent(key, Given.of(key, text, new Origin.Derived(from)));
  }
}

package io.kneard.config;

import io.kneard.neard.KeyFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Loads the settings. From lowest to highest: built-in defaults, the settings file, the original's
 * {@code KUUTAMO_} variables, {@code KNEARD_} variables, flags.
 *
 * <p>Reads files, changes none, and looks no host name up.
 */
public final class SettingsLoader {
  private final List<Complaint> complaints = new ArrayList<>();
  private final Values values = new Values();

  private SettingsLoader() {}

  /**
   * Reads and checks everything.
   *
   * @throws SettingsProblem with all that is wrong at once
   */
  public static LoadedSettings load(Invocation invocation, Host host) throws SettingsProblem {
    return read(invocation, host).loaded();
  }

  /** Reads and checks everything, to be looked at. */
  public static ReadSettings read(Invocation invocation, Host host) {
    return new SettingsLoader().run(invocation, host);
  }

  private ReadSettings run(Invocation invocation, Host host) {
    List<Layer> layers = layers(invocation, host);
    layers.forEach(layer -> complaints.addAll(layer.complaints()));
    if (layers.stream().anyMatch(Layer::broken)) {
      return ReadSettings.broken(complaints); // what else is missing may stand in there
    }
    Map<Key<?>, Given> given = Presets.complete(merged(layers), host);
    given.forEach(this::read);
    required(given);
    complaints.addAll(LockChecks.complaints(values, given));
    complaints.addAll(RoleChecks.complaints(values, given));
    complaints.addAll(FileChecks.complaints(values, given, host));
    KeyChecks keys = new KeyChecks(values, given, host);
    complaints.addAll(keys.complaints());
    String publicKey = keys.validator().map(KeyFile::publicKey).orElse("");
    Optional<LoadedSettings> loaded =
        complaints.isEmpty()
            ? Optional.of(new LoadedSettings(Settings.from(values, publicKey), values, warnings()))
            : Optional.empty();
    return new ReadSettings(given, values, complaints, loaded);
  }

  /** Lowest first. */
  private static List<Layer> layers(Invocation invocation, Host host) {
    return List.of(
        SettingsFile.read(invocation, host),
        EnvironmentLayer.original(host.environment()),
        EnvironmentLayer.own(host.environment()),
        invocation.flags());
  }

  private static Map<Key<?>, Given> merged(List<Layer> layers) {
    Map<Key<?>, Given> given = new LinkedHashMap<>();
    layers.forEach(layer -> given.putAll(layer.given()));
    return given;
  }

  private void read(Key<?> key, Given given) {
    values.read(key, given).ifPresent(wish -> complaints.add(Complaint.about(key, given, wish)));
  }

  private void required(Map<Key<?>, Given> given) {
    missing(given, Keys.NODE_ID, "this host's name is unknown", "");
    missing(given, Keys.ACCOUNT_ID, "such as mypool.poolv1.near", "");
    missing(
        given,
        Keys.VALIDATOR_KEY,
        "and no validator_key.json in CREDENTIALS_DIRECTORY",
        "for the unit, put it into /etc/kneard/keys; otherwise ");
  }

  private void missing(Map<Key<?>, Given> given, Key<?> key, String more, String first) {
    boolean said = complaints.stream().anyMatch(complaint -> complaint.key().equals(key.path()));
    if (!given.containsKey(key) && !said) {
      complaints.add(Complaint.missing(key, "required, " + more, first));
    }
  }

  private List<String> warnings() {
    return Stream.of(
            LockChecks.warning(values), RoleChecks.warning(values), FileChecks.warning(values))
        .flatMap(Optional::stream)
        .toList();
  }
}

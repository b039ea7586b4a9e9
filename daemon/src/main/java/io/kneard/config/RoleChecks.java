package io.kneard.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether keys that only make sense together are there together. Touches no file. */
final class RoleChecks {
  private final Values values;
  private final Map<Key<?>, Given> given;
  private final List<Complaint> complaints = new ArrayList<>();

  private RoleChecks(Values values, Map<Key<?>, Given> given) {
    this.values = values;
    this.given = given;
  }

  static List<Complaint> complaints(Values values, Map<Key<?>, Given> given) {
    RoleChecks checks = new RoleChecks(values, given);
    checks.together(Keys.VALIDATOR_NODE_KEY, Keys.VOTER_NODE_KEY);
    checks.together(Keys.CERT_FILE, Keys.KEY_FILE);
    checks.network();
    checks.promotion();
    checks.tls();
    return checks.complaints;
  }

  private void together(Key<?> one, Key<?> other) {
    needs(one, other);
    needs(other, one);
  }

  private void needs(Key<?> key, Key<?> needed) {
    if (given.containsKey(key) && !given.containsKey(needed)) {
      refuse(key, "only together with %s, which is not set".formatted(needed));
    }
  }

  private void network() {
    List<Key<?>> needNodeKey = List.of(Keys.VALIDATOR_ADDR, Keys.VOTER_ADDR, Keys.PUBLIC_ADDRESSES);
    if (!given.containsKey(Keys.VALIDATOR_NODE_KEY)) {
      needNodeKey.stream()
          .filter(given::containsKey)
          .forEach(
              key ->
                  refuse(
                      key,
                      "only with keys.validator-node-key; without it neard keeps the address in"
                          + " its config.json"));
    }
  }

  private void promotion() {
    boolean hot = values.find(Keys.PROMOTION).equals(Optional.of(PromotionMode.HOT));
    if (hot && given.containsKey(Keys.VALIDATOR_NODE_KEY)) {
      refuse(
          Keys.PROMOTION,
          "restart or auto, because keys.validator-node-key is set: a running neard does not"
              + " change its node key");
    }
  }

  private void tls() {
    List<URI> urls = values.find(Keys.URLS).orElse(List.of());
    if (!urls.isEmpty() && urls.stream().allMatch(url -> url.getScheme().equals("http"))) {
      List.<Key<?>>of(Keys.CA_FILE, Keys.CERT_FILE).stream()
          .filter(given::containsKey)
          .forEach(key -> refuse(key, "only with an https:// address in consul.urls"));
    }
  }

  static Optional<String> warning(Values values) {
    Optional<HostPort> validator = values.find(Keys.VALIDATOR_ADDR);
    return validator.isPresent() && validator.equals(values.find(Keys.VOTER_ADDR))
        ? Optional.of(
            "network.voter-addr is network.validator-addr: peers remember which node key answers"
                + " there, another port lets them find this host sooner after a failover")
        : Optional.empty();
  }

  private void refuse(Key<?> key, String wish) {
    complaints.add(Complaint.about(key, given.get(key), wish));
  }
}

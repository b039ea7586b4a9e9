package io.kneard.drbd;

import io.kneard.datamesh.LocalResource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** DRBD's options as this program sets them, and what they are where nobody has set them. */
final class Options {
  static final String QUORUM = "quorum";
  static final String COPIES = "quorum-minimum-redundancy";
  static final String NON_VOTING = "non-voting";
  static final String OFF = "off";

  /** I/O waits, and nothing is given up, whatever is missing. */
  private static final Map<String, String> WAITING =
      Map.of(
          "auto-promote", "no",
          "on-no-quorum", "suspend-io",
          "on-no-data-accessible", "suspend-io",
          "on-suspended-primary-outdated", "force-secondary");

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "auto-promote",
          "yes",
          "on-no-quorum",
          "suspend-io",
          "on-no-data-accessible",
          "io-error",
          "on-suspended-primary-outdated",
          "disconnect",
          "allow-two-primaries",
          "no",
          "allow-remote-read",
          "yes",
          "bitmap",
          "yes",
          "protocol",
          "C",
          "rr-conflict",
          "disconnect",
          NON_VOTING,
          "no");

  private Options() {}

  static Map<String, String> ofResource() {
    return WAITING;
  }

  static Map<String, String> ofConnection(LocalResource resource, LocalResource.Peer peer) {
    return Map.of(
        "protocol",
        "C",
        "rr-conflict",
        "retry-connect",
        "allow-two-primaries",
        yesNo(resource.twoPrimaries()),
        "allow-remote-read",
        yesNo(peer.remoteRead()));
  }

  static Map<String, String> ofPeerDevice(LocalResource.Peer peer) {
    return Map.of("bitmap", yesNo(peer.bitmap()));
  }

  static String copies(Optional<Integer> wanted) {
    return wanted.map(String::valueOf).orElse(OFF);
  }

  /** Those of the wanted ones that are set otherwise. */
  static Map<String, String> changed(Map<String, String> wanted, Map<String, String> actual) {
    Map<String, String> changed = new TreeMap<>();
    wanted.forEach(
        (name, value) -> {
          if (!value.equals(actual.getOrDefault(name, DEFAULTS.getOrDefault(name, "")))) {
            changed.put(name, value);
          }
        });
    return changed;
  }

  static String yesNo(boolean value) {
    return value ? "yes" : "no";
  }
}

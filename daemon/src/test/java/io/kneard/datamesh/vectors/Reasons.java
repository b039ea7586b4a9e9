package io.kneard.datamesh.vectors;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The reference's reasons for not beginning something, as the names of the guards here. */
final class Reasons {
  /** Guards of the reference that only advise here. */
  static final String ZONE_ADVICE = "zone advice";

  private static final Map<String, String> BY_WORDS = new LinkedHashMap<>();

  static {
    BY_WORDS.put("adding to zone", ZONE_ADVICE);
    BY_WORDS.put("adding to new zone", ZONE_ADVICE);
    BY_WORDS.put("is not the primary zone", ZONE_ADVICE);
    BY_WORDS.put("TB zone must have", ZONE_ADVICE);
    BY_WORDS.put("replica is attached", "NotAttached");
    BY_WORDS.put("attach transition in progress", "NotAttached");
    BY_WORDS.put("detach transition in progress", "NotAttached");
    BY_WORDS.put("volumeAccess=Local requires", "VolumeAccessLocal");
    BY_WORDS.put("would violate zone GMDR", "ZoneFTT-BDL");
    BY_WORDS.put("would violate zone FTT", "ZoneFTT-BUA");
    BY_WORDS.put("would violate zone TB", "ZoneTBRequired");
    BY_WORDS.put("would violate GMDR", "FTT-BDL");
    BY_WORDS.put("would violate FTT", "FTT-BUA");
    BY_WORDS.put("TieBreaker required", "TBRequired");
    BY_WORDS.put("volume is being deleted", "NotDeleting");
    BY_WORDS.put("is not in eligible nodes", "HostEligible");
    BY_WORDS.put("Joining datamesh is blocked: waiting for ReplicatedStoragePool", "HostEligible");
    BY_WORDS.put("waiting for ReplicatedStoragePool", "HostOperational");
    BY_WORDS.put("is not eligible for pool", "HostOperational");
    BY_WORDS.put("node is not ready", "HostOperational");
    BY_WORDS.put("agent is not ready", "HostOperational");
    BY_WORDS.put("addresses to be populated", "AddressesKnown");
    BY_WORDS.put("already present on node", "NodeFree");
    BY_WORDS.put("no Diskful replica on this node", "LocalAccess");
    BY_WORDS.put("volumeAccess is Local", "AccessAllowed");
    BY_WORDS.put("ShadowDiskful not supported", "ShadowsSupported");
    BY_WORDS.put("maximum disk members", "EightMembers");
    BY_WORDS.put("member is reachable", "Unreachable");
    BY_WORDS.put("device is in use", "NotInUse");
    BY_WORDS.put("waiting for attachment slot", "SlotFree");
    BY_WORDS.put("quorum not satisfied", "Quorum");
    BY_WORDS.put("to join datamesh", "IsMember");
    BY_WORDS.put("membership transition to complete", "SettledMember");
    BY_WORDS.put("waiting for replica", "ReplicaReady");
    BY_WORDS.put("in progress", "Parallelism");
    BY_WORDS.put("waiting for multiattach", "Parallelism");
  }

  private Reasons() {}

  /** Who blocks, if the message says that something is blocked. */
  static Optional<String> of(String message) {
    if (message.contains(": waiting for ") && message.contains(" to complete")) {
      return Optional.of(
          message.contains("is blocked: waiting for membership") ? "SettledMember" : "Parallelism");
    }
    if (!message.contains(" is blocked: ")) {
      return Optional.empty();
    }
    return BY_WORDS.entrySet().stream()
        .filter(entry -> message.contains(entry.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .or(() -> Optional.of(message));
  }
}

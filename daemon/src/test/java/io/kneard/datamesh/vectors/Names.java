package io.kneard.datamesh.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.TransitionKind;
import java.util.Map;

/** The reference's names in the specification's words. */
final class Names {
  private static final Map<String, String> KINDS =
      Map.of(
          "AddReplica", "AddMember",
          "RemoveReplica", "RemoveMember",
          "ChangeReplicaType", "ChangeMemberType",
          "ForceRemoveReplica", "ForceRemoveMember",
          "RepairNetworkAddresses", "RepairAddresses");

  private Names() {}

  static MemberType type(String title) {
    for (MemberType type : MemberType.values()) {
      if (type.title().equals(title)) {
        return type;
      }
    }
    throw new IllegalArgumentException(title);
  }

  static TransitionKind kind(String title) {
    String own = KINDS.getOrDefault(title, title);
    for (TransitionKind kind : TransitionKind.values()) {
      if (kind.title().equals(own)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(title);
  }

  /** Index of the step that is waited for. */
  static int activeStep(JsonNode transition) {
    JsonNode steps = transition.get("steps");
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).get("status").asText().equals("Active")) {
        return i;
      }
    }
    throw new IllegalArgumentException("no active step: " + transition);
  }
}

package io.kneard.datamesh.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.datamesh.Group;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.plan.Confirmation;
import io.kneard.datamesh.plan.Plan;
import io.kneard.datamesh.plan.Plans;
import io.kneard.datamesh.plan.Step;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The plans of the reference are all here, with the same steps and the same confirmations. */
class CatalogueVectorsTest {
  private static final Map<String, Group> GROUPS =
      Map.of(
          "VotingMembership", Group.VOTER,
          "NonVotingMembership", Group.NON_VOTER,
          "Quorum", Group.QUORUM,
          "Attachment", Group.IO,
          "Multiattach", Group.MULTIATTACH,
          "Emergency", Group.EMERGENCY,
          "Resize", Group.RESIZE,
          "Network", Group.ADDRESSES);

  private static final Map<String, Confirmation> CONFIRMATIONS =
      Map.of(
          "confirmSubjectOnly", Confirmation.SUBJECT,
          "confirmSubjectOnlyLeavingOrGone", Confirmation.SUBJECT_OR_GONE,
          "confirmFMPlusSubject", Confirmation.FULL_MESH_AND_SUBJECT,
          "confirmFMPlusSubjectLeaving", Confirmation.FULL_MESH_AND_LEAVING,
          "confirmAllMembers", Confirmation.ALL_MEMBERS,
          "confirmAllMembersLeaving", Confirmation.ALL_AND_LEAVING,
          "confirmImmediate", Confirmation.NOBODY,
          "confirmMultiattach", Confirmation.DISKS_AND_ATTACHED,
          "confirmAllConnected", Confirmation.ALL_CONNECTED);

  private final SoftAssertions all = new SoftAssertions();

  @Test
  void everyPlanOfTheReferenceIsHereWithItsSteps() {
    Vectors.forEach("00_plan_catalog", this::plan);
    all.assertAll();
  }

  private void plan(JsonNode row) {
    String kind = row.get("transition").asText();
    String id = row.get("plan").asText();
    boolean shadowLeaves = kind.equals("RemoveReplica") && id.equals("shadow-diskful/v1");
    if (kind.equals("ChangeSystemNetworks") || shadowLeaves) {
      return;
    }
    TransitionKind own = Names.kind(kind);
    Optional<Plan> plan = Plans.find(own, id);
    all.assertThat(plan).as(kind + " " + id).isPresent();
    plan.ifPresent(found -> compare(row, found));
  }

  private void compare(JsonNode row, Plan plan) {
    String name = plan.kind().title() + " " + plan.id();
    all.assertThat(plan.group()).as(name).isEqualTo(GROUPS.get(row.get("group").asText()));
    all.assertThat(plan.steps()).as(name).hasSameSizeAs(row.get("steps"));
    for (int i = 0; i < plan.steps().size(); i++) {
      Step step = plan.steps().get(i);
      JsonNode recorded = row.get("steps").get(i);
      Confirmation confirmation = CONFIRMATIONS.get(recorded.get("confirm").asText());
      all.assertThat(step.confirmation()).as(name + " " + i).isEqualTo(confirmation);
      if (plan.group().membership()) {
        String recordedName = recorded.get("name").asText().toLowerCase(Locale.ROOT);
        all.assertThat(step.name().toLowerCase(Locale.ROOT)).as(name).isEqualTo(recordedName);
      }
    }
  }
}

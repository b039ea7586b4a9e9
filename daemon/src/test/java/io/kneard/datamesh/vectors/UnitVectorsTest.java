package io.kneard.datamesh.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Protection;
import io.kneard.datamesh.plan.Confirmation;
import io.kneard.datamesh.plan.Guard;
import io.kneard.datamesh.plan.Situation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Single guards, confirmation sets and numbers are those of the reference. */
class UnitVectorsTest {
  private static final Map<String, Guard> GUARDS =
      Map.ofEntries(
          Map.entry("guardGMDRPreserved", Guard.FTT_BDL),
          Map.entry("guardFTTPreserved", Guard.FTT_BUA),
          Map.entry("guardTBSufficient", Guard.TB_REQUIRED),
          Map.entry("guardZoneGMDRPreserved", Guard.ZONE_FTT_BDL),
          Map.entry("guardZoneFTTPreserved", Guard.ZONE_FTT_BUA),
          Map.entry("guardZoneFTTPreservedForRetypeToTieBreaker", Guard.ZONE_FTT_BUA),
          Map.entry("guardZoneTBSufficient", Guard.ZONE_TB_REQUIRED),
          Map.entry("guardMemberUnreachable", Guard.UNREACHABLE),
          Map.entry("guardNotAttached", Guard.NOT_ATTACHED),
          Map.entry("guardVolumeAccessLocalForDemotion", Guard.VOLUME_ACCESS_LOCAL),
          Map.entry("guardHasReadyDiskfulMember", Guard.DISKFUL_READY),
          Map.entry("guardNoActiveResync", Guard.NO_RESYNC),
          Map.entry("guardBackingVolumesGrown", Guard.BACKING_GROWN));

  /**
   * Left out: zones of a new D or TB only advise, there is no configuration of networks, the parity
   * of the voters and the direction of qmr choose a plan instead of guarding it, and whether there
   * is an sD depends on every host.
   */
  private static final Set<String> NOT_GUARDS_HERE =
      Set.of(
          "guardShadowDiskfulSupported",
          "guardZonalSameZone",
          "guardTransZonalVoterPlacement",
          "guardTransZonalTBPlacement",
          "guardRemainingNetworksConnected",
          "guardReplicasMatchTargetNetworks",
          "guardVotersEven",
          "guardVotersOdd",
          "guardQMRRaiseNeeded",
          "guardQMRLowerNeeded");

  private static final Set<String> GUARDS_WITH_NUMBERS =
      Set.of(
          "guardGMDRPreserved",
          "guardFTTPreserved",
          "guardZoneGMDRPreserved",
          "guardZoneFTTPreserved",
          "guardZoneFTTPreservedForRetypeToTieBreaker");

  /** The tiebreaker that stays is in a zone whose loss takes it along with half of the voters. */
  private static final String STRICTER = "pass: 2D+2TB TransZonal, remove one TB";

  private static final Map<String, Confirmation> CONFIRMATIONS =
      Map.of(
          "confirmSubjectOnly", Confirmation.SUBJECT,
          "confirmSubjectOnlyLeavingOrGone", Confirmation.SUBJECT_OR_GONE,
          "confirmFMPlusSubject", Confirmation.FULL_MESH_AND_SUBJECT,
          "confirmFMPlusSubjectLeaving", Confirmation.FULL_MESH_AND_LEAVING,
          "confirmAllMembers", Confirmation.ALL_MEMBERS,
          "confirmAllMembersLeaving", Confirmation.ALL_AND_LEAVING,
          "confirmImmediate", Confirmation.NOBODY);

  private final SoftAssertions all = new SoftAssertions();

  @Test
  void guardsBlockWhatTheReferenceBlocks() {
    Vectors.forEach("02_unit_guard", this::guard);
    all.assertAll();
  }

  private void guard(JsonNode row) {
    String name = row.get("fn").asText();
    if (NOT_GUARDS_HERE.contains(name)) {
      return;
    }
    Optional<String> blocks = GUARDS.get(name).blocks(Context.situation(row));
    boolean recorded = row.at("/out/blocked").asBoolean();
    boolean wanted = recorded || row.get("test").asText().endsWith(STRICTER);
    all.assertThat(blocks.isPresent()).as(row.get("test") + " " + blocks).isEqualTo(wanted);
    if (recorded && GUARDS_WITH_NUMBERS.contains(name)) {
      all.assertThat(first(blocks.orElse(""))).as(name).isEqualTo(first(message(row)));
    }
  }

  private static String message(JsonNode row) {
    return row.at("/out/message").asText();
  }

  private static String first(String message) {
    return message.replaceAll("^[^0-9]*([0-9]+).*$", "$1");
  }

  @Test
  void whoConfirmsIsWhoConfirmsInTheReference() {
    Vectors.forEach("02_unit_confirm", this::confirmation);
    all.assertAll();
  }

  private void confirmation(JsonNode row) {
    Confirmation confirmation = CONFIRMATIONS.get(row.get("fn").asText());
    if (confirmation == null) {
      return;
    }
    Situation s = Context.situation(row);
    Set<Integer> required = confirmation.required(s);
    long revision = row.get("stepRevision").asLong();
    Set<Integer> confirmed =
        required.stream()
            .filter(id -> confirmation.confirmedBy(id, revision, s))
            .collect(Collectors.toCollection(TreeSet::new));
    String test = row.get("test").asText();
    all.assertThat(required.size()).as(test).isEqualTo(row.at("/out/mustConfirm").size());
    all.assertThat(confirmed.size()).as(test).isEqualTo(row.at("/out/confirmed").size());
  }

  @Test
  void theVotesNeededAreThoseOfTheReference() {
    Vectors.forEach("02_unit_correctQuorum", this::quorum);
    all.assertAll();
  }

  private void quorum(JsonNode row) {
    int voters = row.at("/gctx/replicas").size();
    all.assertThat(Layout.majority(voters)).isEqualTo(row.at("/out/q").asInt());
  }

  @Test
  void theProtectionShownIsThatOfTheReference() {
    Vectors.forEach("02_unit_effectiveLayout", this::protection);
    all.assertAll();
  }

  private void protection(JsonNode row) {
    String test = row.get("test").asText();
    if (test.contains("member without RVR") || !test.startsWith("updateEffectiveLayout")) {
      return;
    }
    Protection shown = Context.situation(row).facts().protection();
    JsonNode layout = row.at("/out/layout");
    all.assertThat(shown.reachable()).as(test).isEqualTo(layout.get("reachableVoters").asInt());
    all.assertThat(shown.known()).as(test).isEqualTo(!layout.get("failuresToTolerate").isNull());
    all.assertThat(shown.upToDate()).as(test).isEqualTo(layout.get("upToDateVoters").asInt());
    all.assertThat(shown.fttBua()).as(test).isEqualTo(layout.get("failuresToTolerate").asInt());
    all.assertThat(shown.fttBdl())
        .as(test)
        .isEqualTo(layout.get("guaranteedMinimumDataRedundancy").asInt());
    all.assertThat(shown.reachableTieBreakers())
        .as(test)
        .isEqualTo(layout.get("reachableTieBreakers").asInt());
  }
}

package io.kneard.datamesh.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.intent.Rollout.Follower;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a change of a class comes to its volumes. */
class RolloutTest {
  private static VolumeClass ofClass(boolean existing, int inFlight) {
    return new VolumeClass(
        "fast",
        7,
        World.configuration(1, 1),
        Patience.DEFAULT,
        Set.of(),
        Optional.empty(),
        existing,
        inFlight);
  }

  @Test
  void noMoreThanTheSettingAllowsAreChangedAtOnce() {
    List<Follower> followers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      followers.add(new Follower("v%02d".formatted(i), 6, true, true));
    }
    followers.set(3, new Follower("v03", 7, true, false));
    Rollout rollout = Rollout.of(ofClass(true, VolumeClass.IN_FLIGHT), followers);
    assertThat(rollout.next()).containsExactly("v00", "v01", "v02", "v04");
    assertThat(rollout.why())
        .isEqualTo(
            "1 of 20 volumes have revision 7; 1 are under way, at most 5 at once; next: v00, v01,"
                + " v02, v04");
  }

  @Test
  void withOneInFlightTheNextWaitsForTheOneBefore() {
    List<Follower> followers =
        List.of(new Follower("a", 7, true, false), new Follower("b", 6, true, true));
    assertThat(Rollout.of(ofClass(true, 1), followers).next()).isEmpty();
  }

  @Test
  void aChangeForNewVolumesLeavesTheOthersAlone() {
    Rollout rollout = Rollout.of(ofClass(false, 5), List.of(new Follower("a", 6, true, true)));
    assertThat(rollout.next()).isEmpty();
    assertThat(rollout.why()).contains("1 volumes keep an older revision");
  }

  @Test
  void aVolumeInManualModeIsLeftAlone() {
    assertThat(Rollout.of(ofClass(true, 5), List.of(new Follower("a", 6, false, true))).next())
        .isEmpty();
  }
}

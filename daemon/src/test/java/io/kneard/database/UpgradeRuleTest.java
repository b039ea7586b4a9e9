package io.kneard.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.database.UpgradeRule.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpgradeRuleTest {
  private static final Versions OWN = new Versions(2, 3, List.of("a", "b"));
  private static final Versions OLDER = new Versions(2, 2, List.of("a", "b"));
  private static final Versions NEWER = new Versions(3, 3, List.of("a", "b"));

  @Test
  void theUpdateRunsWhenAllHaveTheSame() {
    assertThat(UpgradeRule.decide(OWN, Map.of())).isEqualTo(new Verdict.Go());
    assertThat(UpgradeRule.decide(OWN, Map.of("b", OWN, "c", OWN))).isEqualTo(new Verdict.Go());
  }

  @Test
  void itWaitsForThoseThatAreBehindAndNamesThem() {
    Versions fewerExtensions = new Versions(2, 3, List.of("a"));
    assertThat(UpgradeRule.decide(OWN, Map.of("c", OLDER, "b", fewerExtensions, "d", OWN)))
        .isEqualTo(new Verdict.Wait(List.of("b", "c")));
  }

  @Test
  void whoIsBehindAnyoneIsRefusedAlsoIfOthersAreFurtherBehind() {
    assertThat(UpgradeRule.decide(OWN, Map.of("b", NEWER, "c", OLDER)))
        .isEqualTo(new Verdict.Refuse("This node's version is behind, please upgrade"));
    assertThat(UpgradeRule.decide(OWN, Map.of("b", new Versions(2, 3, List.of("a", "b", "c")))))
        .isInstanceOf(Verdict.Refuse.class);
  }

  @Test
  void otherExtensionsOfTheSameNumberAreRefused() {
    assertThat(UpgradeRule.decide(OWN, Map.of("b", new Versions(2, 3, List.of("a", "x")))))
        .isInstanceOfSatisfying(
            Verdict.Refuse.class, refused -> assertThat(refused.why()).contains("than b"));
  }

  @Test
  void aWaitingDatabaseSaysForWhom() {
    assertThat(new DatabaseState.Waiting(List.of("b", "c")).message())
        .isEqualTo(
            "Database is waiting for an upgrade: 2 cluster members have not yet received the"
                + " update: b, c");
    assertThat(new DatabaseState.Waiting(List.of()).message())
        .isEqualTo("Database is waiting for an upgrade");
  }
}

package io.kneard.drbdstandin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was done to real DRBD is done to the stand-in, and it comes to the same states.
 *
 * <p>Left out: 03, where on one version two of the hosts had not met yet; 42 to 49 on 9.2.18, where
 * the kernel had wedged; all second volumes.
 */
class StoriesTest {
  private static final String[] SUSPENDING = {"quorum=majority", "on-no-quorum=suspend-io"};
  private static final String[] FAILING = {
    "quorum=majority", "on-no-quorum=io-error", "quorum-minimum-redundancy=1"
  };

  private final Recorded recorded;

  StoriesTest() throws IOException {
    recorded = new Recorded();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.2.18", "9.3.3"})
  void theFirstResourceGoesThroughTheSameStates(String version) throws IOException {
    Story s = new Story(version, recorded);
    firstPrimary(s);
    isolatedPrimary(s);
    crashes(s);
    frozenAndDetached(s);
    resyncAndDisconnect(s);
    s.holds();
    assertThat(s.compared()).isGreaterThan(70);
  }

  private static void firstPrimary(Story s) throws IOException {
    s.metadata("n1", "r0");
    s.metadata("n2", "r0");
    s.situation("00", "r0");
    s.up("n1", "r0", SUSPENDING);
    s.situation("01", "r0");
    s.run("n1", 17, "drbdsetup primary r0");
    s.run("n1", 0, "drbdsetup primary r0 --force");
    s.situation("02", "r0");
    s.up("n2", "r0", SUSPENDING);
    s.up("n3", "r0", SUSPENDING);
    s.situation("04", "r0");
    s.hosts.pass(60_000);
    s.situation("05", "r0");
    s.run("n2", 11, "drbdsetup primary r0");
    s.run("n2", 11, "drbdsetup primary r0 --force");
    s.run("n3", 11, "drbdsetup primary r0");
  }

  private static void isolatedPrimary(Story s) throws IOException {
    s.hosts.open("n1", "r0", true);
    s.hosts.isolate("n1");
    s.situation("06", "r0");
    s.run("n1", 11, "drbdsetup secondary r0");
    s.run("n2", 0, "drbdsetup primary r0");
    s.situation("07", "r0");
    s.hosts.heal();
    s.situation("08", "r0");
    s.run("n1", 0, "drbdsetup secondary r0 --force");
    s.situation("09", "r0");
    s.run("n1", 0, "drbdsetup connect r0 1");
    s.run("n1", 0, "drbdsetup connect r0 2");
    s.situation("10", "r0");
  }

  private static void crashes(Story s) throws IOException {
    s.hosts.crash("n3");
    s.situation("11", "r0");
    s.hosts.crash("n1");
    s.situation("12", "r0");
    s.run("n2", 0, "drbdsetup secondary r0");
    s.hosts.boot("n1");
    s.up("n1", "r0", SUSPENDING);
    s.situation("13", "r0");
    s.hosts.boot("n3");
    s.up("n3", "r0", SUSPENDING);
    s.situation("14", "r0");
    s.run("n2", 0, "drbdsetup connect r0 0");
    s.hosts.pass(60_000);
    s.situation("15", "r0");
    s.run("n1", 0, "drbdsetup primary r0");
  }

  private static void frozenAndDetached(Story s) throws IOException {
    s.hosts.freeze("n2", true);
    s.hosts.freeze("n3", true);
    s.situation("16", "r0");
    s.hosts.freeze("n2", false);
    s.hosts.freeze("n3", false);
    s.situation("17", "r0");
    s.run("n1", 0, "drbdsetup resource-options r0 --on-no-quorum=io-error");
    s.hosts.isolate("n1");
    s.situation("18", "r0");
    s.hosts.heal();
    s.situation("19", "r0");
    s.run("n1", 0, "drbdsetup resource-options r0 --on-no-quorum=suspend-io");
    s.run("n2", 0, "drbdsetup detach 1000");
    s.situation("20", "r0");
    s.run("n2", 0, "drbdsetup attach 1000 /dev/r0 /dev/r0 internal");
    s.hosts.pass(60_000);
    s.situation("21", "r0");
    s.run("n1", 0, "drbdsetup detach 1000");
    s.situation("22", "r0");
    s.run("n1", 0, "drbdsetup attach 1000 /dev/r0 /dev/r0 internal");
    s.hosts.pass(60_000);
  }

  private static void resyncAndDisconnect(Story s) throws IOException {
    s.run("n2", 0, "drbdsetup invalidate 1000");
    s.run("n2", 0, "drbdsetup pause-sync r0 0 0");
    s.situation("23", "r0");
    s.run("n2", 0, "drbdsetup resume-sync r0 0 0");
    s.situation("24", "r0");
    s.hosts.pass(60_000);
    s.run("n2", 0, "drbdsetup disconnect r0 0");
    s.situation("25", "r0");
    s.run("n2", 0, "drbdsetup connect r0 0");
    s.hosts.pass(60_000);
    s.run("n1", 0, "drbdsetup suspend-io r0");
    s.situation("26", "r0");
    s.run("n1", 0, "drbdsetup resume-io r0");
    s.run("n2", 11, "drbdsetup verify r0 0 0");
    s.situation("27", "r0");
    s.run("n1", 0, "drbdsetup down r0");
    s.run("n1", 10, "drbdsetup secondary r0");
    s.run("n1", 10, "drbdsetup status r0");
    s.run("n2", 0, "drbdsetup disconnect r0 0");
    s.run("n2", 0, "drbdsetup disconnect r0 2");
    s.run("n2", 20, "drbdmeta 1000 v09 /dev/r0 internal outdate");
    s.situation("28", "r0");
    s.run("n2", 0, "drbdsetup primary r0");
    s.run("n2", 0, "drbdsetup connect r0 0");
    s.run("n2", 0, "drbdsetup connect r0 2");
    s.situation("29", "r0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.2.18", "9.3.3"})
  void theSecondResourceGoesThroughTheSameStates(String version) throws IOException {
    Story s = new Story(version, recorded);
    s.metadata("n1", "r1");
    s.metadata("n2", "r1");
    s.up("n1", "r1", FAILING);
    s.up("n2", "r1", FAILING);
    s.up("n3", "r1", FAILING);
    s.situation("40", "r1");
    s.run("n2", 17, "drbdsetup primary r1");
    s.run("n1", 0, "drbdsetup new-current-uuid 1001 --clear-bitmap");
    s.situation("41", "r1");
    s.run("n1", 0, "drbdsetup primary r1");
    s.run("n2", 11, "drbdsetup primary r1");
    if (version.equals("9.3.3")) {
      tiesDefeated(s);
      splitBrain(s);
    }
    s.holds();
  }

  private static void tiesDefeated(Story s) throws IOException {
    s.situation("42", "r1");
    s.hosts.crash("n1");
    s.situation("43", "r1");
    s.run("n2", 11, "drbdsetup primary r1");
    s.situation("44", "r1");
    s.hosts.boot("n1");
    s.set("n1", "r1", FAILING);
    s.situation("45", "r1");
    s.run("n1", 0, "drbdsetup connect r1 1");
    s.run("n1", 0, "drbdsetup connect r1 2");
    s.situation("46", "r1");
    s.run("n1", 0, "drbdsetup primary r1");
    s.hosts.isolate("n1");
    s.situation("47", "r1");
    s.run("n2", 11, "drbdsetup primary r1");
    s.hosts.heal();
    s.situation("48", "r1");
    s.run("n1", 0, "drbdsetup secondary r1");
    s.situation("49", "r1");
  }

  private static void splitBrain(Story s) throws IOException {
    for (String host : new String[] {"n1", "n2", "n3"}) {
      s.run(host, 0, "drbdsetup resource-options r1 --quorum=off");
    }
    s.run("n3", 0, "drbdsetup down r1");
    s.hosts.isolate("n1");
    for (String host : new String[] {"n1", "n2"}) {
      s.run(host, 0, "drbdsetup primary r1");
      s.run(host, 0, "drbdsetup secondary r1");
    }
    s.situation("50", "r1", "n1", "n2");
    s.hosts.heal();
    s.situation("51", "r1", "n1", "n2");
    s.run("n1", 0, "drbdsetup connect r1 1 --discard-my-data");
    s.run("n2", 0, "drbdsetup connect r1 0");
    s.hosts.pass(60_000);
    s.situation("52", "r1", "n1", "n2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9.2.18 61", "9.3.3 60", "9.3.3 61"})
  void aRedundancyOfOneDefeatsTheTiebreakerOnTheNewerVersion(String which) throws IOException {
    String version = which.split(" ", -1)[0];
    String situation = which.split(" ", -1)[1];
    String copies = situation.equals("60") ? "off" : "1";
    Story s = new Story(version, recorded);
    s.metadata("n1", "r1");
    s.metadata("n2", "r1");
    for (String host : new String[] {"n1", "n2", "n3"}) {
      s.up(
          host,
          "r1",
          "quorum=majority",
          "on-no-quorum=io-error",
          "quorum-minimum-redundancy=" + copies);
    }
    s.run("n1", 0, "drbdsetup new-current-uuid 1001 --clear-bitmap");
    s.run("n1", 0, "drbdsetup primary r1");
    s.hosts.crash("n1");
    s.situation(situation, "r1");
    s.holds();
    assertThat(s.compared()).isEqualTo(2);
  }
}

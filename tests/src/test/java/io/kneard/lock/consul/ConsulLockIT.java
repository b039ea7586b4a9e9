package io.kneard.lock.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.lock.Holder;
import io.kneard.lock.LeaderLock;
import io.kneard.lock.LeaderLockContract;
import io.kneard.lock.LockTiming;
import io.kneard.lock.Observation;
import io.kneard.lock.Renewal;
import io.kneard.testbed.ConsulServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract against a real Consul, and what operators can do to a key of it by hand. */
class ConsulLockIT extends LeaderLockContract {
  @TempDir static Path folder;
  private static ConsulServer consul;

  @BeforeAll
  static void startConsul() throws Exception {
    consul = ConsulServer.start(folder);
  }

  @AfterAll
  static void stopConsul() {
    consul.close();
  }

  @Override
  protected LeaderLock connect(String account, Holder self, LockTiming timing) throws Exception {
    return new ConsulLock(
        new ConsulOptions(
            List.of(consul.url()),
            Optional.empty(),
            Optional.empty(),
            account,
            self,
            timing,
            Duration.ofSeconds(5)));
  }

  @Test
  void theValueNamesTheHostAsTheOriginalDoes() throws Exception {
    take(one, session(one), false);
    assertThat(consul.request("GET", path() + "?raw", ""))
        .contains("\"Hostname\":\"host of n1\"", "\"NodeId\":\"n1\"");
  }

  @Test
  void aValueThatSomebodyOverwroteIsSeenForWhatItIs() throws Exception {
    String mine = session(one);
    take(one, mine, true);
    consul.request("PUT", path(), "{\"NodeId\": 5, garbage");
    Observation.Seen garbage = see(two);
    assertThat(garbage.session()).contains(mine);
    assertThat(garbage.holder()).isEmpty();
    assertThat(garbage.sign()).isEmpty();
  }

  @Test
  void aKeyThatSomebodyDeletedEndsTheHoldersSessionAtItsNextRenewal() throws Exception {
    String mine = session(one);
    take(one, mine, true);
    consul.request("DELETE", path(), "");
    Observation.Seen nothing = see(two);
    assertThat(nothing.session()).isEmpty();
    assertThat(nothing.released()).isFalse();
    assertThat(nothing.index()).isPositive();
    assertThat(one.renew(mine)).isEqualTo(new Renewal.Gone());
    assertThat(see(two).session()).isEmpty();
  }

  @Test
  void anOperatorCanMarkTheLockAsReleased() throws Exception {
    consul.request("PUT", path(), "{\"Released\": true}");
    assertThat(see(one).released()).isTrue();
    assertThat(take(one, session(one), false).epoch()).isEqualTo(see(one).epoch());
  }

  private String path() {
    return "/v1/kv/kneard-leader/" + account;
  }
}

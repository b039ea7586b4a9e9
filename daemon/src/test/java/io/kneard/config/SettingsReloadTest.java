package io.kneard.config;

import static io.kneard.config.TestHost.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReloadTest {
  @TempDir Path folder;

  private TestHost host;
  private LoadedSettings old;

  @BeforeEach
  void aRunningDaemon() throws SettingsProblem {
    host = new TestHost(folder).ready();
    old = host.load();
  }

  @Test
  void withoutAChangeNothingHappens() throws SettingsProblem {
    SettingsReload reload = SettingsReload.compare(old, host.load());
    assertThat(reload.applied()).isEmpty();
    assertThat(reload.needRestart()).isEmpty();
    assertThat(reload.inForce().settings()).isEqualTo(old.settings());
  }

  @Test
  void whatCanBeReloadedIsInForceAndTheRestWaitsForARestart() throws SettingsProblem {
    host.set("neard.start-timeout", quoted("40m"))
        .set("neard.start-attempts", "5")
        .set("lock.profile", quoted("fast"));
    SettingsReload reload = SettingsReload.compare(old, host.load());
    assertThat(reload.applied()).containsExactly("neard.start-timeout", "neard.start-attempts");
    assertThat(reload.needRestart())
        .containsExactly("lock.profile", "lock.ttl", "lock.stop-after", "lock.fence-bound");
    Settings settings = reload.inForce().settings();
    assertThat(settings.neard().startTimeout()).hasMinutes(40);
    assertThat(settings.neard().startAttempts()).isEqualTo(5);
    assertThat(settings.lock()).isEqualTo(old.settings().lock());
  }

  @Test
  void aChangeThatWaitsForARestartIsStillNamedAtTheNextReload() throws SettingsProblem {
    host.set("lock.lock-delay", quoted("1s"));
    SettingsReload first = SettingsReload.compare(old, host.load());
    SettingsReload second = SettingsReload.compare(first.inForce(), host.load());
    assertThat(second.needRestart()).containsExactly("lock.lock-delay");
  }

  @Test
  void anotherValidatorKeyInTheSameFileNeedsARestart() throws SettingsProblem {
    LoadedSettings fresh = new TestHost(folder).ready().load();
    SettingsReload reload = SettingsReload.compare(old, fresh);
    assertThat(reload.needRestart()).containsExactly("keys.validator-key");
    assertThat(reload.inForce().settings()).isEqualTo(old.settings());
  }
}

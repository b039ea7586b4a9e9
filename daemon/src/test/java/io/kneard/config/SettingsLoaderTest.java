package io.kneard.config;

import static io.kneard.config.TestHost.ACCOUNT;
import static io.kneard.config.TestHost.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.lock.LockTiming;
import io.kneard.neard.TestKeyPair;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoaderTest {
  @TempDir Path folder;

  private TestHost host;

  @BeforeEach
  void aHostInGoodOrder() {
    host = new TestHost(folder).ready();
  }

  @Test
  void defaultsAreThoseOfTheSpecification() throws SettingsProblem {
    Settings settings = host.settings();
    assertThat(settings.nodeId()).isEqualTo("near-1");
    assertThat(settings.accountId()).isEqualTo(ACCOUNT);
    assertThat(settings.keys().validatorPublicKey()).isEqualTo(host.validator.publicKey());
    assertThat(settings.lock().timing()).isEqualTo(LockTiming.REFERENCE);
    assertThat(settings.consul().urls()).containsExactly(URI.create("http://localhost:8500"));
    assertThat(settings.metrics().address()).hasToString("127.0.0.1:2233");
    assertThat(settings.control().socket()).isEqualTo(Path.of("/run/kneard/control.sock"));
    assertThat(settings.network().validatorAddr()).isEmpty();
    Settings.Neard neard = settings.neard();
    assertThat(neard.startTimeout()).hasSeconds(120);
    assertThat(neard.startAttempts()).isZero();
    assertThat(neard.statusTimeout()).hasSeconds(2);
    assertThat(neard.statusInterval()).hasSeconds(1);
    assertThat(neard.statusFailures()).isEqualTo(3);
    assertThat(neard.stopTimeout()).hasSeconds(60);
    assertThat(neard.promotion()).isEqualTo(PromotionMode.HOT);
    assertThat(neard.promotionTimeout()).hasSeconds(3);
    assertThat(neard.rpcAddr()).isEmpty();
  }

  @Test
  void aFlagBeatsOurVariableBeatsTheOriginalsBeatsTheFileBeatsTheDefault() throws SettingsProblem {
    assertThat(host.settings().nodeId()).isEqualTo("near-1");
    assertThat(host.set("node-id", quoted("file")).settings().nodeId()).isEqualTo("file");
    assertThat(host.env("KUUTAMO_NODE_ID", "original").settings().nodeId()).isEqualTo("original");
    assertThat(host.env("KNEARD_NODE_ID", "ours").settings().nodeId()).isEqualTo("ours");
    assertThat(host.flag("--node-id=flag").settings().nodeId()).isEqualTo("flag");
  }

  @Test
  void anEmptyVariableCountsAsNotSet() throws SettingsProblem {
    host.env("KNEARD_NODE_ID", "").env("KUUTAMO_CONSUL_TOKEN_FILE", "").env("KNEARD_CONFIG", "");
    assertThat(host.settings().nodeId()).isEqualTo("near-1");
    assertThat(host.settings().consul().tokenFile()).isEmpty();
  }

  @Test
  void theSettingsFileCanBeNamedByAVariable() throws SettingsProblem {
    TestHost named = new TestHost(folder.resolve("named"));
    TestHost.write(
        named.file,
        "account-id = \"%s\"\n[neard]\nhome = \"%s\"\n[keys]\nvalidator-key = \"%s\""
            .formatted(ACCOUNT, named.home, named.validatorKey));
    assertThat(named.env("KNEARD_CONFIG", named.file).settings().accountId()).isEqualTo(ACCOUNT);
  }

  @Test
  void singleTimesGoOnTopOfAProfile() throws SettingsProblem {
    host.set("lock.backend", quoted("consul"))
        .set("lock.profile", quoted("fast"))
        .set("lock.ttl", quoted("12s"));
    assertThat(host.settings().lock().timing())
        .isEqualTo(
            new LockTiming(
                Duration.ofSeconds(12),
                LockTiming.FAST.stopAfter(),
                LockTiming.FAST.fenceBound(),
                Duration.ZERO,
                false));
    assertThat(host.load().warnings()).isEmpty();
  }

  @Test
  void theFastTimesAreShorterWhereTheLockIsInTheHostsOwnDatabase() throws SettingsProblem {
    host.set("lock.backend", quoted("embedded")).set("lock.profile", quoted("fast"));
    assertThat(host.settings().lock().timing()).isEqualTo(LockTiming.FAST_EMBEDDED);
  }

  @Test
  void aTtlThatConsulRefusesByDefaultIsAWarningForItsSessionTtlMinMayBeLower()
      throws SettingsProblem {
    host.set("lock.backend", quoted("consul"))
        .set("lock.profile", quoted("custom"))
        .set("lock.ttl", quoted("3s"))
        .set("lock.stop-after", quoted("1s"))
        .set("lock.fence-bound", quoted("1500ms"));
    assertThat(host.load().warnings()).singleElement().asString().contains("lock.ttl = 3s", "10s");
  }

  @Test
  void theLockIsInTheClustersDatabaseUnlessConsulIsSet() throws SettingsProblem {
    assertThat(host.settings().lock().backend()).isEqualTo(LockBackend.EMBEDDED);
    host.set("consul.urls", "[\"http://localhost:8500\"]");
    assertThat(host.settings().lock().backend()).isEqualTo(LockBackend.CONSUL);
  }

  @Test
  void aHostOfTheOriginalKeepsItsLockInConsul() throws SettingsProblem {
    host.env("KUUTAMO_NODE_ID", "node-7");
    assertThat(host.settings().lock().backend()).isEqualTo(LockBackend.CONSUL);
  }

  @Test
  void aNodeCheckNeedsConsul() {
    host.set("lock.node-check", "true").set("lock.lock-delay", quoted("30s"));
    assertThatThrownBy(host::settings)
        .hasMessageContaining("lock.node-check = true", "only with lock.backend = consul");
  }

  @Test
  void aNodeCheckIsAcceptedWithALockDelayThatKeepsTheInequality() throws SettingsProblem {
    host.set("lock.backend", quoted("consul"))
        .set("lock.node-check", "true")
        .set("lock.lock-delay", quoted("30s"));
    assertThat(host.settings().lock().timing().nodeCheck()).isTrue();
  }

  @Test
  void aValidatorNodeKeyMakesPromotionARestartAndBringsTheOriginalsAddresses()
      throws SettingsProblem {
    Settings settings = host.nodeKeys().settings();
    assertThat(settings.neard().promotion()).isEqualTo(PromotionMode.RESTART);
    assertThat(settings.network().validatorAddr()).hasValue(new HostPort("0.0.0.0", 24567));
    assertThat(settings.network().voterAddr()).hasValue(new HostPort("0.0.0.0", 24568));
  }

  @Test
  void listsComeFromAFileAsListsAndFromElsewhereWithCommas() throws SettingsProblem {
    host.set("consul.urls", "[\"http://a:8500\", \"https://b\"]");
    assertThat(host.settings().consul().urls())
        .containsExactly(URI.create("http://a:8500"), URI.create("https://b:443"));
    host.env("KUUTAMO_CONSUL_URL", "http://c:1, http://d:2/");
    assertThat(host.settings().consul().urls())
        .containsExactly(URI.create("http://c:1"), URI.create("http://d:2"));
    host.flag("--consul.urls=http://e:1", "--consul.urls", "http://f:2");
    assertThat(host.settings().consul().urls())
        .containsExactly(URI.create("http://e:1"), URI.create("http://f:2"));
  }

  @Test
  void aHostOfTheOriginalMovesOverWithItsEnvironmentAlone() throws Exception {
    TestHost original = new TestHost(folder.resolve("original"));
    Path credentials = original.folder.resolve("credentials");
    Path key = original.validator.write(credentials.resolve("validator-key-file"), ACCOUNT);
    Path nodeKey = TestKeyPair.fresh().write(credentials.resolve("n"), "node");
    Path voterKey = original.key("voter_node_key.json");
    TestHost.mode(key, "r--r-----");
    // As it leaves them behind: links in the home to the files in the credentials folder.
    Files.createSymbolicLink(original.home.resolve("validator_key.json"), key);
    Files.createSymbolicLink(original.home.resolve("node_key.json"), voterKey);
    original
        .env("CREDENTIALS_DIRECTORY", credentials)
        .env("KUUTAMO_NODE_ID", "node0")
        .env("KUUTAMO_ACCOUNT_ID", ACCOUNT)
        .env("KUUTAMO_CONSUL_URL", "http://127.0.0.1:8500")
        .env("KUUTAMO_EXPORTER_ADDRESS", "127.0.0.1:2299")
        .env("KUUTAMO_CONTROL_SOCKET", "/var/lib/neard/kuutamod.sock")
        .env("KUUTAMO_NEARD_HOME", original.home)
        .env("KUUTAMO_NEARD_BOOTNODES", original.validator.publicKey() + "@127.0.0.1:33301")
        .env("KUUTAMO_VALIDATOR_KEY", key)
        .env("KUUTAMO_VALIDATOR_NODE_KEY", nodeKey)
        .env("KUUTAMO_VOTER_NODE_KEY", voterKey)
        .env("KUUTAMO_VALIDATOR_NETWORK_ADDR", "0.0.0.0:24569")
        .env("KUUTAMO_VOTER_NETWORK_ADDR", "0.0.0.0:24570")
        .env("KUUTAMO_PUBLIC_ADDRESS", "203.0.113.7")
        .env("KUUTAMO_SOMETHING_ELSE", "is left alone");
    Settings settings = original.settings();
    assertThat(settings.nodeId()).isEqualTo("node0");
    assertThat(settings.metrics().address().port()).isEqualTo(2299);
    assertThat(settings.control().socket()).isEqualTo(Path.of("/var/lib/neard/kuutamod.sock"));
    assertThat(settings.neard().bootNodes()).hasSize(1);
    assertThat(settings.network().voterAddr()).hasValue(new HostPort("0.0.0.0", 24570));
    assertThat(settings.network().publicAddresses()).isEqualTo(List.of("203.0.113.7"));
    assertThat(settings.neard().promotion()).isEqualTo(PromotionMode.RESTART);
  }

  /** One credential by its name, or a folder of them, as the unit has it. */
  @ParameterizedTest
  @ValueSource(strings = {"validator_key.json", "keys_validator_key.json"})
  void keysAreFoundInSystemdsCredentials(String name) throws SettingsProblem {
    TestHost fresh = new TestHost(folder.resolve("fresh"));
    Path credentials = fresh.folder.resolve("credentials");
    TestHost.mode(fresh.validator.write(credentials.resolve(name), ACCOUNT), "r--r-----");
    fresh
        .env("CREDENTIALS_DIRECTORY", credentials)
        .flag("--account-id=" + ACCOUNT, "--neard.home=" + fresh.home);
    LoadedSettings loaded = fresh.load();
    assertThat(loaded.settings().keys().validatorKey()).isEqualTo(credentials.resolve(name));
    assertThat(loaded.settings().keys().validatorNodeKey()).isEmpty();
    assertThat(PrintConfig.table(fresh.read())).contains("default, CREDENTIALS_DIRECTORY");
  }
}

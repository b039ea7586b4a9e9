package io.kneard.config;

import static io.kneard.config.TestHost.ACCOUNT;
import static io.kneard.config.TestHost.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kneard.neard.TestKeyPair;
import io.kneard.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsProblemTest {
  @TempDir Path folder;

  private TestHost host;

  @BeforeEach
  void aHostInGoodOrder() {
    host = new TestHost(folder).ready();
  }

  static Stream<Arguments> badValues() {
    return Stream.of(
        arguments("lock.ttl", "\"20\"", "lock.ttl = 20", "unit"),
        arguments("lock.ttl", "20", "lock.ttl = 20", "a text in quotes, such as ttl = \"30s\""),
        arguments("lock.ttl", "\"-5s\"", "lock.ttl = -5s", "from 1s to 24h"),
        arguments("lock.profile", "\"quick\"", "quick", "one of reference, fast, custom"),
        arguments("lock.node-check", "\"yes\"", "yes", "true or false without quotes"),
        arguments("neard.status-failures", "0", "= 0", "from 1 to 1000"),
        arguments("neard.status-failures", "\"3\"", "= 3", "a whole number without quotes"),
        arguments("neard.status-failures", "3.5", "= 3.5", "a whole number"),
        arguments("neard.promotion", "\"warm\"", "warm", "one of hot, restart, auto"),
        arguments("neard.rpc-addr", "\"3030\"", "3030", "address and port"),
        arguments("neard.binary", "\"absent\"", "absent", "not found on PATH"),
        arguments("neard.binary", "\"/absent/neard\"", "/absent/neard", "no such program"),
        arguments("neard.boot-nodes", "[\"1.2.3.4:24567\"]", "1.2.3.4", "KEY@ip:port"),
        arguments("neard.boot-nodes", "\"x\"", "neard.boot-nodes = x", "a list of texts"),
        arguments("metrics.address", "\"127.0.0.1:99999\"", "99999", "at most 65535"),
        arguments("metrics.address", "\"::1:2233\"", "::1:2233", "brackets"),
        arguments("node-id", "\"a b\"", "a b", "without spaces"),
        arguments("consul.urls", "[]", "consul.urls = []", "at least one"),
        arguments("consul.urls", "[\"localhost:8500\"]", "localhost:8500", "http://"),
        arguments("consul.urls", "[\"http://h/consul\"]", "http://h/consul", "no path"),
        arguments("consul.urls", "[1]", "consul.urls = a list", "a list of texts"),
        arguments("consul.token-file", "\"/absent/token\"", "/absent/token", "no such file"),
        arguments("consul.ca-file", "\"/absent/ca\"", "/absent/ca", "no such file"),
        arguments(
            "consul.cert-file", "\"/absent/c\"", "/absent/c", "together with consul.key-file"),
        arguments("control.socket", quoted("/" + "s".repeat(107)), "sss", "at most 107 bytes"),
        arguments("network.voter-addr", "\"1.2.3.4:1\"", "1.2.3.4", "keys.validator-node-key"),
        arguments("network.voter-addr", "\"host:1\"", "host:1", "an IP address and port"),
        arguments("keys.voter-node-key", "\"/absent/k\"", "/absent/k", "no such key file"),
        arguments("runtime.dir", "\"~/run\"", "~/run", "no ~"));
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void aBadValueIsRefusedWithKeyValueLineAndWish(
      String key, String toml, String value, String wish) {
    host.set(key, toml);
    String lines =
        host.problem()
            .lines()
            .filter(line -> line.contains(key + " = "))
            .collect(Collectors.joining("\n"));
    assertThat(lines).contains(value, wish).containsPattern("kneard\\.toml:\\d+\\): ");
  }

  @Test
  void allProblemsAreInOneMessageWithWhereTheyCameFrom() {
    host.set("lock.tll", quoted("20s"))
        .set("lock.lock-delay", "5")
        .env("KNEARD_NEARD_STOP_TIMEOUT", "60")
        .env("KUUTAMO_EXPORTER_ADDRESS", "nowhere")
        .env("KNEARD_LOCK_TLL", "20s")
        .flag("--neard.start-timeout=soon");
    assertThat(host.problem())
        .startsWith("6 problems in the settings:\n")
        .contains("lock.tll (" + host.file + ":")
        .contains("no such key; did you mean lock.ttl?")
        .contains("lock.lock-delay = 5 (" + host.file + ":")
        .contains("neard.stop-timeout = 60 (KNEARD_NEARD_STOP_TIMEOUT): ")
        .contains("metrics.address = nowhere (KUUTAMO_EXPORTER_ADDRESS): ")
        .contains("KNEARD_LOCK_TLL: no such variable; did you mean KNEARD_LOCK_TTL?")
        .contains("neard.start-timeout = soon (--neard.start-timeout): ");
  }

  @Test
  void aKeyWithoutItsSectionAndASectionThatDoesNotExistAreHintedAt() {
    host.set("start-timeout", quoted("20s")).set("locks.ttl", quoted("30s"));
    assertThat(host.problem())
        .contains(
            "start-timeout (" + host.file + ":2): no such key; did you mean neard.start-timeout?")
        .contains("no such section; did you mean lock?");
  }

  @Test
  void brokenTomlIsShownWithItsLine() {
    TestHost.write(host.file, "account-id = \"x\"\nnode-id = = 3\n");
    TestHost broken = new TestHost(folder).flag("--config=" + host.file);
    assertThat(broken.problem())
        .contains(host.file + ":2: no TOML: ")
        .as("nothing is called missing that may stand in the file")
        .startsWith("1 problem in the settings:");
  }

  @Test
  void aListOfTablesIsNoSection() {
    TestHost.write(host.file, "[[lock]]\nttl = \"30s\"\n");
    assertThat(new TestHost(folder).flag("--config=" + host.file).problem())
        .contains("lock (" + host.file + "): a section, written [lock]");
  }

  @Test
  void aSettingsFileThatWasNamedHasToExist() {
    TestHost named = new TestHost(folder).flag("--config", folder.resolve("absent").toString());
    assertThat(named.problem()).contains(folder.resolve("absent") + ": no such settings file");
  }

  @Test
  void anUnsafeTimingIsRefusedWithItsSum() {
    host.set("lock.stop-after", quoted("26s"));
    assertThat(host.problem())
        .contains("26s + 5s = 31s: has to be less than 30s")
        .containsPattern("lock.stop-after from .*kneard.toml:\\d+")
        .doesNotContain("default");
  }

  @Test
  void everyComplaintHasItsKeyOnceAndSaysWhatToChange() {
    host.set("lock.tll", quoted("30s"))
        .env("KNEARD_ACCOUNT_ID", "other.near")
        .env("KNEARD_NEARD_HOME", "/none")
        .env("KNEARD_NEARD_STOP_TIMEOUT", "60");
    assertThatThrownBy(host::load)
        .isInstanceOfSatisfying(
            SettingsProblem.class,
            e -> {
              assertThat(e.complaints())
                  .allSatisfy(one -> assertThat(one.text()).contains(one.key(), one.message()))
                  .noneSatisfy(one -> assertThat(one.message()).startsWith(one.key()));
              assertThat(e.complaints())
                  .extracting(Complaint::mend)
                  .contains(
                      "change KNEARD_ACCOUNT_ID",
                      "put /none in order, or change KNEARD_NEARD_HOME",
                      "change KNEARD_NEARD_STOP_TIMEOUT")
                  .anyMatch(mend -> mend.matches("change .*kneard.toml:\\d+"));
            });
  }

  @Test
  void whatIsMissingIsToBeSet() {
    TestHost empty = new TestHost(folder.resolve("empty"));
    assertThatThrownBy(empty::load)
        .isInstanceOfSatisfying(
            SettingsProblem.class,
            e ->
                assertThat(e.complaints())
                    .extracting(Complaint::mend)
                    .contains("set account-id in the settings file, or KNEARD_ACCOUNT_ID"));
  }

  @Test
  void aNodeCheckWithoutALockDelayIsRefused() {
    assertThat(host.set("lock.node-check", "true").problem())
        .contains("has to be less than 0s", "lock.node-check from");
  }

  @Test
  void aCustomProfileNeedsItsTimes() {
    assertThat(host.set("lock.profile", quoted("custom")).problem())
        .contains("lock.ttl: required by lock.profile = custom")
        .contains("lock.stop-after: required", "lock.fence-bound: required");
  }

  @Test
  void accountAndKeyAreRequired() {
    assertThat(new TestHost(folder).set("neard.home", quoted(host.home)).problem())
        .startsWith("2 problems")
        .contains("account-id: required")
        .contains("keys.validator-key: required");
  }

  @Test
  void anAccountThatIsNotTheKeysIsRefused() {
    host.flag("--account-id=other.near");
    assertThat(host.problem())
        .contains("account-id = other.near (--account-id): ")
        .contains("the account of the validator key, which is " + ACCOUNT);
  }

  @Test
  void aKeyThatOthersMayReadIsRefused() {
    TestHost.mode(host.validatorKey, "r--r--r--");
    assertThat(host.problem()).contains("its mode is 0444", "chmod 0400 " + host.validatorKey);
  }

  @Test
  void aKeyOfAnotherGroupIsRefusedOutsideOfSystemdsCredentials() throws IOException {
    TestHost.mode(host.validatorKey, "r--r-----");
    if (Files.getAttribute(host.validatorKey, "unix:gid").equals(0)) {
      Files.setAttribute(host.validatorKey, "unix:gid", 12345); // this is root, who may
    }
    assertThat(host.problem()).contains("its mode is 0440");
    host.env("CREDENTIALS_DIRECTORY", host.validatorKey.getParent());
    assertThat(host).satisfies(h -> h.load());
  }

  @Test
  void aKeyInTheHomesOwnSlotIsRefusedBecauseAStandbyWouldRemoveIt() throws IOException {
    Path slot = host.validator.write(host.home.resolve("validator_key.json"), ACCOUNT);
    host.flag("--keys.validator-key=" + slot);
    assertThat(host.problem()).contains("a file elsewhere: this one is neard's own");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), slot);
    TestHost linked = new TestHost(folder).ready().flag("--keys.validator-key=" + link);
    linked.validator.write(slot, ACCOUNT);
    assertThat(linked.problem()).contains("a file elsewhere: this one is neard's own");
  }

  @Test
  void theSlotIsWhereConfigJsonSays() {
    TestHost.write(host.home.resolve("config.json"), "{\"validator_key_file\": \"signer.json\"}");
    TestKeyPair other = TestKeyPair.fresh();
    other.write(host.home.resolve("signer.json"), ACCOUNT);
    assertThat(host.problem())
        .contains(host.home.resolve("signer.json") + " holds the key " + other.publicKey())
        .contains("would be lost: move it away")
        .doesNotContain(other.secretKey());
  }

  @Test
  void theSameKeyLeftInTheSlotIsNoProblem() throws SettingsProblem {
    host.validator.write(host.home.resolve("validator_key.json"), ACCOUNT);
    assertThat(host.settings().accountId()).isEqualTo(ACCOUNT);
  }

  @Test
  void nodeKeysComeInTwosAndDiffer() {
    assertThat(host.set("keys.voter-node-key", quoted(host.key("voter.json"))).problem())
        .contains("only together with keys.validator-node-key");
    Path one = host.key("one.json");
    TestHost same =
        new TestHost(folder)
            .ready()
            .flag("--keys.validator-node-key=" + one, "--keys.voter-node-key=" + one);
    assertThat(same.problem()).contains("another key than keys.validator-node-key");
  }

  @Test
  void aNodeKeyOfTheHomeThatWouldBeLostIsRefused() {
    host.nodeKeys();
    TestKeyPair other = TestKeyPair.fresh();
    other.write(host.home.resolve("node_key.json"), "node");
    assertThat(host.problem()).contains("node_key.json holds the key " + other.publicKey());
  }

  @Test
  void aHotPromotionWithAValidatorNodeKeyIsRefused() {
    assertThat(host.nodeKeys().set("neard.promotion", quoted("hot")).problem())
        .contains("neard.promotion = hot", "restart or auto");
  }

  @Test
  void certificatesForAnAddressWithoutTlsAreRefused() {
    Path ca = TestHost.write(folder.resolve("ca.pem"), "certificates");
    assertThat(host.set("consul.ca-file", quoted(ca)).problem())
        .contains("only with an https:// address in consul.urls");
  }

  @Test
  void certificatesThatCannotBeUsedAreRefusedAllAtOnce() {
    Path ca = TestHost.write(folder.resolve("ca.pem"), "no certificate");
    Path key = TestHost.write(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n");
    host.set("consul.urls", "[\"https://h:1\"]")
        .set("consul.ca-file", quoted(ca))
        .set("consul.cert-file", quoted(ca))
        .set("consul.key-file", quoted(key));
    assertThat(host.problem())
        .contains("consul.ca-file = " + ca)
        .contains("consul.cert-file = " + ca)
        .contains("a PEM file with at least one certificate")
        .contains("consul.key-file = " + key)
        .contains("a PEM file with a private key that is not encrypted")
        .contains("its mode is")
        .doesNotContain("AAAA");
  }

  @Test
  void aKeyThatDoesNotBelongToItsCertificateIsRefused() throws Exception {
    TestCertificate one = TestCertificate.ec(folder.resolve("one"));
    TestCertificate two = TestCertificate.ec(folder.resolve("two"));
    host.set("consul.urls", "[\"https://h:1\"]")
        .set("consul.cert-file", quoted(one.file()))
        .set("consul.key-file", quoted(two.key()));
    assertThat(host.problem())
        .contains("consul.key-file = " + two.key())
        .contains("the key of consul.cert-file");
  }

  @Test
  void certificatesThatFitAreAccepted() throws Exception {
    TestCertificate own = TestCertificate.ec(folder.resolve("own"));
    host.set("consul.urls", "[\"https://h:1\"]")
        .set("consul.ca-file", quoted(own.file()))
        .set("consul.cert-file", quoted(own.file()))
        .set("consul.key-file", quoted(own.key()));
    assertThat(host.load().settings().consul().certFile()).contains(own.file());
  }

  @Test
  void aBrokenConfigJsonIsRefusedWithItsLine() {
    TestHost.write(host.home.resolve("config.json"), "{\n  \"rpc\": oops\n}");
    assertThat(host.problem()).contains("config.json: line 2");
  }

  @Test
  void whatLiesInTheSlotAndCannotBeReadMayBeAKeyToo() {
    TestHost.write(host.home.resolve("validator_key.json"), "half a key");
    assertThat(host.problem()).contains("validator_key.json, which may be a key", "move it away");
  }

  @Test
  void aWrongTypeIsNotAlsoReportedAsMissing() {
    TestHost typed = new TestHost(folder).set("account-id", "5").set("keys.validator-key", "true");
    typed.set("neard.home", quoted(typed.home));
    assertThat(typed.problem()).startsWith("2 problems").doesNotContain("required");
  }

  @Test
  void aPipeInsteadOfAFileDoesNotHangTheStart() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(5, TimeUnit.SECONDS))
        .isTrue();
    host.flag("--keys.validator-key=" + pipe, "--consul.token-file=" + pipe);
    assertThat(host.problem())
        .contains("keys.validator-key = " + pipe, "consul.token-file = " + pipe)
        .contains("not a file", "a file");
    assertThat(new TestHost(folder).flag("--config=" + pipe).problem()).contains("not a file");
  }

  @Test
  void aHomeWithoutConfigJsonIsRefused() {
    host.flag("--neard.home=" + folder.resolve("keys"));
    assertThat(host.problem()).contains("no config.json there");
  }

  @Test
  void secretsInTheWrongPlaceAreNotRepeated() {
    String token = "8a3f0f0e-1111-2222-3333-444455556666";
    host.set("keys.voter-node-key", quoted(host.validator.secretKey()))
        .env("KUUTAMO_CONSUL_URL", "http://user:pass1@h:1,http://h:2?token=" + token)
        .env("KNEARD_CONSUL_TOKEN_FILE", token)
        .env("KNEARD_NODE_ID", "near-2");
    assertThat(host.problem())
        .contains("the path of a key file, not the key itself")
        .contains("the path of a file with the token, not the token itself")
        .contains("set consul.token-file")
        .doesNotContain(host.validator.secretKey(), "pass1", token);
  }

  @Test
  void aTokenFileHasToHoldOneToken() {
    Path file = TestHost.write(folder.resolve("token"), " \n");
    assertThat(host.set("consul.token-file", quoted(file)).problem())
        .contains("a file with one line, the token");
  }
}

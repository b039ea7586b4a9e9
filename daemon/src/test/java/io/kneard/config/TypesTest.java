package io.kneard.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "20s,PT20S", "2m,PT2M", "1h,PT1H", "0s,PT0S"})
  void aDurationIsANumberWithItsUnit(String text, Duration duration) {
    assertThat(Durations.parse(text)).hasValue(duration);
    assertThat(Durations.parse(Durations.show(duration))).hasValue(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "20", "s", "20 s", "+20s", "-1s", "1.5s", "1d", "20S", "9999999999999s", "٣s"})
  void anythingElseIsNoDuration(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:2233,127.0.0.1,2233",
    "localhost:0,localhost,0",
    "[::1]:65535,::1,65535",
    "near-1.example.org:1,near-1.example.org,1"
  })
  void anAddressIsHostAndPortAndIsShownAsWritten(String text, String host, int port) {
    assertThat(HostPort.parse(text)).isEqualTo(Parsed.value(new HostPort(host, port)));
    assertThat(new HostPort(host, port)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":1",
        "a",
        "a:",
        "a:b",
        "a:65536",
        "a:-1",
        "::1:1",
        "[::1]",
        "[::g]:1",
        "[a]:1",
        "a b:1",
        "1.2.3:1",
        "1.2.3.256:1",
        "http://a:1",
        "[::1]x:1"
      })
  void anythingElseIsNoAddress(String text) {
    assertThat(HostPort.parse(text)).isInstanceOf(Parsed.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "pool.near", "a-b_c.poolv1.near", "0x12", "my.awsome.pool.m0"})
  void accountIdsOfNearAreUnderstood(String text) {
    assertThat(AccountId.parse(text)).isEqualTo(Parsed.value(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "A.near", ".near", "a..b", "a-.b", "-ab", "a b", "a/b", "a--b", "äb"})
  void anythingElseIsNoAccountId(String text) {
    assertThat(AccountId.parse(text)).isInstanceOf(Parsed.Refused.class);
  }

  @Test
  void aLongAccountIdIsRefusedAtOnce() {
    assertThat(AccountId.parse("a".repeat(64))).isInstanceOf(Parsed.Value.class);
    assertThat(AccountId.parse("a".repeat(65))).isInstanceOf(Parsed.Refused.class);
    assertThat(AccountId.parse("a-".repeat(100_000))).isInstanceOf(Parsed.Refused.class);
  }
}

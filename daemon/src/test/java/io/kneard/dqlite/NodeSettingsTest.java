package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {
  private static NodeSettings settings(long id, String address, Duration latency) {
    return new NodeSettings(
        id,
        address,
        Path.of("/var/lib/db=1"),
        true,
        latency,
        3,
        Optional.of(
            new NodeSettings.Network("[::]:9444", Path.of("/c"), Path.of("/k"), Path.of("/t"))));
  }

  @Test
  void settingsTravelAsArguments() {
    NodeSettings settings = settings(42, "host.example:9444", Duration.ofMillis(20));
    assertThat(NodeSettings.parse(settings.arguments())).isEqualTo(settings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", ":1", "host:", "host:0", "host:65536", "host:x", "ho st:1"})
  void anAddressIsAHostAndAPort(String address) {
    assertThatThrownBy(() -> settings(42, address, Duration.ofMillis(20)))
        .hasMessage("address = '" + address + "': host:port is wanted");
  }

  @Test
  void anIpv6AddressIsInBrackets() {
    assertThat(NodeSettings.parseAddress("address", "[::1]:9444").getHostString()).isEqualTo("::1");
  }

  @Test
  void idsThatMeanSomethingElseAreRefused() {
    assertThatThrownBy(() -> settings(1, "a:1", Duration.ofMillis(20))).hasMessageContaining("id");
    assertThatThrownBy(() -> settings(0, "a:1", Duration.ofMillis(20))).hasMessageContaining("id");
  }

  @Test
  void newIdsAreNeverThoseOfAFirstNode() {
    for (int i = 0; i < 1000; i++) {
      assertThat(NodeSettings.newId()).isBetween(2L, NodeSettings.BOOTSTRAP_ID - 1);
    }
  }

  @Test
  void membersTravelInOneArgument() {
    List<Member> members =
        List.of(new Member(2, "a:1", Role.VOTER), new Member(3, "[::1]:2", Role.SPARE));
    assertThat(Member.parse(Member.line(members))).isEqualTo(members);
    assertThatThrownBy(() -> Member.parse("x")).hasMessageContaining("id@address@role is wanted");
  }

  @Test
  void restartsWaitLongerAfterEachFailureAndNotAfterAGoodRun() {
    Restarts restarts = new Restarts();
    assertThat(restarts.after(Duration.ZERO)).isEqualTo(Duration.ofMillis(100));
    assertThat(restarts.after(Duration.ZERO)).isEqualTo(Duration.ofMillis(200));
    for (int i = 0; i < 10; i++) {
      restarts.after(Duration.ZERO);
    }
    assertThat(restarts.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(10));
    assertThat(restarts.after(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(100));
  }
}

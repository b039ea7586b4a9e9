package io.kneard.neard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigJsonTest {
  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\n}\n",
        "{\"a\":1}",
        """
        {
          // the RPC port, "expected_shutdown": 1
          "rpc": {"addr": "0.0.0.0:3030"},
          /* mine */ "x": [1, 2, {"expected_shutdown": 3}]
        }
        """,
        "{\r\n  \"a\": \"}\\\"{\",\r\n  \"b\": null\r\n}\r\n",
        "\uFEFF{ \"a\" : 1.50 , \"b\":true }",
        "// before\n{ /* in */ \"a\": 1 /* after */ } // end"
      })
  void planningAndForgettingAShutdownLeavesTheRestByteForByte(String text) throws IOException {
    ConfigJson config = write(text);
    config.planShutdown(123456789012L);
    assertThat(config.plannedShutdown()).contains(123456789012L);
    config.planShutdown(77);
    assertThat(config.plannedShutdown()).contains(77L);
    config.forgetShutdown();
    assertThat(config.plannedShutdown()).isEmpty();
    assertThat(withoutWhiteSpace(Files.readString(config.file())))
        .isEqualTo(withoutWhiteSpace(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1, \"network\": {\"public_addrs\": [] /* mine */, \"b\": 2}}",
        "{\"network\": {\"public_addrs\": [\"ed25519:X@198.51.100.1:1\"]}}",
        "{\"network\": {\"addr\": \"0.0.0.0:24567\", \"public_addrs\": [ ]} // here\n}"
      })
  void announcedAddressesComeAndGoAndAllElseStays(String text) throws IOException {
    List<String> ours = List.of("ed25519:K@203.0.113.7:24567");
    ConfigJson config = write(text);
    config.announce(ours, true);
    String announced = Files.readString(config.file());
    assertThat(announced).contains("\"public_addrs\": [\"ed25519:K@203.0.113.7:24567\"");
    config.announce(ours, true);
    assertThat(Files.readString(config.file())).isEqualTo(announced);
    config.announce(ours, false);
    assertThat(withoutWhiteSpace(Files.readString(config.file())))
        .isEqualTo(withoutWhiteSpace(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"network\": {}}", "{}", "{\"public_addrs\": 1, \"x\": {\"public_addrs\": 2}}"})
  void addressesAreAnnouncedWhereNoneWereBefore(String text) throws IOException {
    ConfigJson config = write(text);
    config.announce(List.of("ed25519:K@203.0.113.7:24567"), false);
    assertThat(Files.readString(config.file())).isEqualTo(text);
    config.announce(List.of("ed25519:K@203.0.113.7:24567"), true);
    assertThat(
            new ObjectMapper()
                .readTree(Files.readString(config.file()))
                .at("/network/public_addrs/0")
                .asText())
        .isEqualTo("ed25519:K@203.0.113.7:24567");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"expected_shutdown\": 5}",
        "{\"a\": 1, \"expected_shutdown\": 5}",
        "{\"a\": 1, // why\n \"expected_shutdown\": 5 // soon\n}",
        "{\"expected_shutdown\": 5, \"a\": 1}",
        "{\"expected_shutdown\": 5, \"a\": 1, \"expected_shutdown\": 6}",
        "{\"expected_shutdown\": null}",
        "{\"expected_shutdown\": {\"odd\": [1]}, \"a\": 1}"
      })
  void aShutdownWrittenByHandIsForgottenWhereverItStands(String text) throws IOException {
    ConfigJson config = write(text);
    config.forgetShutdown();
    String after = Files.readString(config.file());
    assertThat(after).doesNotContain("expected_shutdown");
    assertThat(after.contains("why")).isEqualTo(text.contains("why"));
    assertThat(config.plannedShutdown()).isEmpty();
  }

  @Test
  void nothingIsWrittenIfNothingIsToBeForgotten() throws IOException {
    ConfigJson config = write("{\"a\": 1}");
    Object before = Files.getAttribute(config.file(), "unix:ino");
    config.forgetShutdown();
    assertThat(Files.getAttribute(config.file(), "unix:ino")).isEqualTo(before);
  }

  @Test
  void anInvalidFileIsNamedWithThePlaceAndNotTouched() throws IOException {
    ConfigJson config = write("{\n  \"a\": 1,,\n}");
    assertThatThrownBy(() -> config.planShutdown(5))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("config.json: line 2");
    assertThat(Files.readString(config.file())).isEqualTo("{\n  \"a\": 1,,\n}");
  }

  @Test
  void theModeAndASymbolicLinkAreKept() throws IOException {
    Path real = home.resolve("real.json");
    Files.writeString(real, "{}");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(home.resolve("config.json"), real);
    new ConfigJson(link).planShutdown(5);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-r-----");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:3030", "127.0.0.1:3030"})
  void aWildcardAddressIsReachedOnLoopback(String address) throws IOException {
    assertThat(write("{\"rpc\": {\"addr\": \"" + address + "\"}}").rpcAddress())
        .isEqualTo("127.0.0.1:3030");
    assertThat(write("{}").rpcAddress()).isEqualTo("127.0.0.1:3030");
    assertThat(write("{\"rpc\": {\"addr\": \"[::]:3131\"}}").rpcAddress()).isEqualTo("[::1]:3131");
  }

  private ConfigJson write(String text) throws IOException {
    Path file = home.resolve("config.json");
    Files.writeString(file, text);
    return new ConfigJson(file);
  }

  private static String withoutWhiteSpace(String text) {
    return text.replaceAll("\\s", "");
  }
}

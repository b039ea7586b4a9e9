package io.kneard.drbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The device's stable path, and what DRBD there is on a host. */
class SurroundingsTest {
  private static final String VERSIONS =
      "DRBDADM_BUILDTAG=GIT-hash:\\ 409\nDRBD_KERNEL_VERSION=%s\nDRBDADM_VERSION=9.22.0\n";

  @Test
  void theStablePathFollowsTheDeviceAndNothingElseIsRemoved(@TempDir Path folder) throws Exception {
    DeviceLink links = new DeviceLink(folder.resolve("kneard"));
    links.make("v", 1000);
    links.make("v", 1001);
    assertThat(Files.readSymbolicLink(folder.resolve("kneard/v")))
        .isEqualTo(Path.of("/dev/drbd1001"));
    links.remove("v");
    links.remove("v");
    assertThat(folder.resolve("kneard")).isEmptyDirectory();
    Path file = Files.writeString(folder.resolve("kneard/w"), "not a link");
    links.remove("w");
    assertThat(file).exists();
  }

  @Test
  void aHostWithoutTheModuleSaysSo() {
    assertThat(Driver.of(VERSIONS.formatted("0"), "").problem())
        .hasValueSatisfying(why -> assertThat(why).contains("modprobe drbd"));
    assertThat(Driver.of("", "").problem())
        .hasValueSatisfying(why -> assertThat(why).contains("not installed"));
  }

  @Test
  void theModuleThatDebianBringsIsTooOld() {
    assertThat(Driver.of(VERSIONS.formatted("8.4.11"), "").problem())
        .hasValueSatisfying(why -> assertThat(why).contains("8.4.11").contains("9 or newer"));
  }

  @Test
  void theOptionNonVotingIsSeenWhereItIs() {
    Driver driver =
        Driver.of(VERSIONS.formatted("9.2.18"), "<option name=\"non-voting\" type=\"boolean\">");
    assertThat(driver.problem()).isEmpty();
    assertThat(driver.nonVoting()).isTrue();
    assertThat(Driver.of(VERSIONS.formatted("9.2.18"), "").nonVoting()).isFalse();
  }
}

package io.kneard.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.testbed.Checkout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The files for systemd and the installer, judged by systemd's own tools. */
class UnitFilesIT {
  @Test
  @Timeout(120)
  void systemdHasNoComplaintsAndEverythingIsWhereTheUnitExpectsIt() throws Exception {
    Process check =
        new ProcessBuilder(Checkout.root().resolve("tests/systemd-check").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
  }
}

package io.kneard.cluster;

import static io.kneard.cluster.DaemonCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.ledger.Ledger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume that goes with the validator, on installed daemons with played kernels. */
class BoundVolumeIT {
  private static final List<String> HOSTS = List.of("a", "b", "c");
  private static final String RESOURCE = "kneard-keys";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "KNEARD_VOLUME_BOUND_TO_VALIDATOR", "keys",
          "KNEARD_VOLUME_ATTACH_TIMEOUT", "60s",
          "KNEARD_VOLUME_LOSS_LIMIT", "3s");

  @TempDir private Path folder;

  @Test
  void itIsWhereTheSignerIsAndNeverTwoSign() throws Exception {
    try (VolumeHosts hosts = VolumeHosts.start(folder, SETTINGS, "a", "b", "c")) {
      await()
          .atMost(SOON)
          .until(() -> HOSTS.stream().anyMatch(host -> key(hosts, host, "out", "Validating")));
      assertThat(signer(hosts)).as("no key without the volume").isEmpty();

      hosts.done("a", "volume", "create", "keys", "--size", "64M", "--wait");
      String first = awaitSigner(hosts, "");
      assertThat(hosts.kernels().hosts().serves(first, RESOURCE)).isTrue();

      hosts.done(first, "switchover");
      String second = awaitSigner(hosts, first);
      assertThat(hosts.kernels().hosts().serves(second, RESOURCE)).isTrue();
      hosts.awaited(second, "keys", view -> attached(view).equals(List.of(second)));

      hosts.kernels().hosts().isolate(second);
      String third = awaitSigner(hosts, second);
      assertThat(hosts.kernels().hosts().serves(third, RESOURCE)).isTrue();
      assertThat(hosts.kernels().hosts().serves(second, RESOURCE)).isFalse();
      hosts.kernels().hosts().heal();
      hosts.awaited(
          third,
          "keys",
          view ->
              view.settled()
                  && view.replicas().stream().allMatch(r -> "UP_TO_DATE".equals(r.disk())));

      hosts.powerOff(third);
      String fourth = awaitSigner(hosts, third);
      assertThat(hosts.kernels().hosts().serves(fourth, RESOURCE)).isTrue();
    }
    assertThat(Ledger.judge(folder.resolve("ledger")).overlaps()).isEmpty();
  }

  private static List<String> attached(VolumeView view) {
    return view.replicas().stream().filter(r -> r.attached()).map(r -> r.host()).toList();
  }

  private static String awaitSigner(VolumeHosts hosts, String notThis) {
    return await()
        .atMost(SOON)
        .until(() -> signer(hosts).filter(host -> !host.equals(notThis)), Optional::isPresent)
        .orElseThrow();
  }

  private static Optional<String> signer(VolumeHosts hosts) {
    return HOSTS.stream().filter(host -> key(hosts, host, "live", "Validating")).findFirst();
  }

  private static boolean key(VolumeHosts hosts, String host, String key, String state) {
    try {
      var status = hosts.cluster().client(host).status();
      return status.state().equals(state) && (key.equals("live") == status.key().equals("live"));
    } catch (ControlException e) {
      return false;
    }
  }
}

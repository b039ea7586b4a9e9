package io.kneard.daemon;

import io.kneard.cluster.ClusterProblem;
import io.kneard.cluster.Recovery;
import io.kneard.config.Settings;
import io.kneard.ctl.api.cluster.RecoveryReport;
import io.kneard.lock.embedded.LockTables;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;

/** A recovery of the cluster, while the daemon does not run. */
final class ClusterRecovery {
  private final Settings settings;

  ClusterRecovery(Settings settings) {
    this.settings = settings;
  }

  /**
   * Plans it, or does it.
   *
   * @param surely whether to do it
   */
  RecoveryReport run(boolean surely) {
    try {
      if (!Files.isDirectory(settings.runtimeDir())) {
        return recover(surely); // no daemon has run since the host was started
      }
      OnlyOne only = OnlyOne.on(settings.runtimeDir());
      try {
        return recover(surely);
      } finally {
        only.close();
      }
    } catch (ClusterProblem | IOException e) {
      return RecoveryReport.refused(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return RecoveryReport.refused("it was interrupted");
    }
  }

  private RecoveryReport recover(boolean surely)
      throws ClusterProblem, IOException, InterruptedException {
    Recovery recovery = new Recovery(Clustering.settings(settings), LockTables.FORGET);
    return surely ? recovery.run(Instant.now()) : recovery.plan();
  }
}

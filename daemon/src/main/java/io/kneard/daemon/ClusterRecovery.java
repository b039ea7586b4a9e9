package io.kneard.daemon;

import io.kneard.cluster.ClusterProblem;
import io.kneard.cluster.Recovery;
import io.kneard.config.Settings;
import io.kneard.ctl.api.cluster.RecoveryReport;
import io.kneard.lock.embedded.LockTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A recovery of the cluster, while the daemon does not run. */
final class ClusterRecovery {
  private final Settings settings;
  private final Optional<Path> backup;

  /** With the contents of a backup, or as the database is. */
  ClusterRecovery(Settings settings, Optional<Path> backup) {
    this.settings = settings;
    this.backup = backup;
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
    Recovery recovery = new Recovery(Clustering.settings(settings), LockTables.FORGET, backup);
    return surely ? recovery.run(Instant.now()) : recovery.plan();
  }
}

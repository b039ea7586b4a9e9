package io.kneard.ctl;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.cluster.BackupReport;
import io.kneard.ctl.show.Plain;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "backup",
    description = {
      "Makes a backup of the cluster's database on this host and shows where it is.",
      "One is made by itself every day; seven are kept."
    })
final class ClusterBackupCommand extends ControlCommand {

  @Override
  ExitCode run(ControlClient client) throws IOException {
    BackupReport report = client.cluster().backup();
    show(report, () -> Plain.line(report.folder()));
    return ExitCode.OK;
  }
}

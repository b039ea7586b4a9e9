package io.kneard.operations;

import io.kneard.control.Refusal;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.MaintenanceRequest;

/** The planned stop of neard. Not built yet: it refuses. */
final class Maintenance {
  MaintenanceReport report() {
    return new MaintenanceReport(
        MaintenanceReport.NONE, null, null, null, null, null, null, null, "nothing is planned");
  }

  MaintenanceReport plan(MaintenanceRequest request) throws Refusal {
    return refused(request.toString());
  }

  MaintenanceReport cancel() throws Refusal {
    return refused("cancel");
  }

  private MaintenanceReport refused(String what) throws Refusal {
    if (!what.isEmpty()) {
      throw Refusal.refused("a planned stop is not built yet: " + what);
    }
    return report();
  }
}

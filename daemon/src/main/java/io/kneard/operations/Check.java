package io.kneard.operations;

import io.kneard.config.Complaint;
import io.kneard.config.LoadedSettings;
import io.kneard.config.Settings;
import io.kneard.config.SettingsProblem;
import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.CheckReport.Finding;
import io.kneard.lock.LeaderLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at everything a host depends on, and says how to mend what is wrong. Changes nothing that
 * lasts; every look has a bound.
 */
public final class Check {

  /** Makes a lock from settings, for one look. */
  public interface LockMaker {
    LeaderLock make(Settings settings) throws IOException;
  }

  private final Reload.Source source;
  private final LockMaker locks;
  private final Path fence;

  /**
   * @param source reads the settings as they are now, which need not be those in force
   * @param fence the fence program
   */
  public Check(Reload.Source source, LockMaker locks, Path fence) {
    this.source = source;
    this.locks = locks;
    this.fence = fence;
  }

  /**
   * Everything, in order.
   *
   * @param daemon the running daemon's host; empty if none runs
   */
  public CheckReport run(Optional<Supervised> daemon) {
    List<Finding> findings = new ArrayList<>();
    LoadedSettings loaded;
    try {
      loaded = source.load();
    } catch (SettingsProblem e) {
      e.complaints().forEach(complaint -> findings.add(wrong(complaint)));
      return new CheckReport(findings); // everything else hangs on them
    }
    findings.add(Findings.ok("settings", "in order, and so are the key files"));
    loaded.warnings().forEach(warning -> findings.add(warned(warning)));
    Settings settings = loaded.settings();
    findings.addAll(new HostCheck(settings, fence).findings());
    findings.addAll(SocketCheck.findings(settings.control(), daemon.isPresent()));
    findings.addAll(LockCheck.findings(settings, locks, daemon.isPresent()));
    findings.addAll(NeardCheck.findings(settings, daemon));
    return new CheckReport(List.copyOf(findings));
  }

  private static Finding wrong(Complaint complaint) {
    return Findings.error(complaint.key(), complaint.message(), complaint.mend());
  }

  private static Finding warned(String warning) {
    return Findings.warning("settings", warning, "see docs/configuration.md");
  }
}

package io.kneard.operations;

import io.kneard.config.Complaint;
import io.kneard.config.LoadedSettings;
import io.kneard.config.Settings;
import io.kneard.config.SettingsProblem;
import io.kneard.config.SettingsReload;
import io.kneard.ctl.api.ReloadReport;
import java.util.List;
import java.util.function.Consumer;

/** Reads the settings again and takes into use what can be changed while the daemon runs. */
public final class Reload {

  /** Where settings come from. */
  public interface Source {
    LoadedSettings load() throws SettingsProblem;
  }

  private final Source source;
  private final Consumer<Settings> use;
  private LoadedSettings inForce;

  /**
   * @param inForce what the daemon was started with
   * @param use takes settings into use, and reads files again whose content may have changed
   */
  public Reload(Source source, LoadedSettings inForce, Consumer<Settings> use) {
    this.source = source;
    this.inForce = inForce;
    this.use = use;
  }

  /** All or nothing: settings with a problem change nothing. */
  public synchronized ReloadReport run() {
    LoadedSettings fresh;
    try {
      fresh = source.load();
    } catch (SettingsProblem e) {
      return new ReloadReport(
          List.of(), List.of(), e.complaints().stream().map(Complaint::text).toList());
    }
    SettingsReload reload = SettingsReload.compare(inForce, fresh);
    inForce = reload.inForce();
    use.accept(inForce.settings());
    return new ReloadReport(reload.applied(), reload.needRestart(), List.of());
  }
}

package io.kneard.ctl.api;

import java.util.List;

/**
 * What a reload of the settings changed.
 *
 * @param applied keys that changed and are in force
 * @param needRestart keys that changed and take effect at the next start only
 * @param problems why nothing was changed; empty if the settings are in order
 */
public record ReloadReport(List<String> applied, List<String> needRestart, List<String> problems) {}

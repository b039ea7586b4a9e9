package io.kneard.ctl.api;

/**
 * How a planned handover ended.
 *
 * @param from the host that signed before
 * @param to the host that signs now; null if none had taken over when the waiting ended
 * @param gapMillis milliseconds from taking the key out here until the other host confirmed that it
 *     signs; null if it did not
 * @param message one sentence for people
 */
public record SwitchoverReport(String from, String to, Long gapMillis, String message) {}

package io.kneard.ctl.api;

/**
 * Asks the active validator to hand over.
 *
 * @param to node id of the host to hand over to; null for whichever standby is first
 */
public record SwitchoverRequest(String to) {}

package io.kneard.datamesh;

/**
 * A view that is no longer published but may still be what a host decides by.
 *
 * @param since revision from which on a host that has applied it holds a later view
 */
public record Superseded(QuorumView view, long since) {}

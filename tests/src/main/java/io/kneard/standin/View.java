package io.kneard.standin;

/**
 * What the node shows of itself.
 *
 * @param height its newest block
 * @param syncing whether it is behind the chain
 * @param key the validator key in use; null for none
 * @param reloads how often a configuration was applied, the start being the first
 * @param reloadedAt when that was last, wall clock in milliseconds
 * @param startedAt when the process started, {@code /proc/uptime} in milliseconds
 * @param stopping whether it is on its way out
 */
record View(
    long height,
    boolean syncing,
    SignerKey key,
    long reloads,
    long reloadedAt,
    long startedAt,
    boolean stopping) {}

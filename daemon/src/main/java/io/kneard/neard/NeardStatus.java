package io.kneard.neard;

import java.util.Optional;

/**
 * The part of neard's {@code /status} that the daemon uses.
 *
 * @param height of the newest block
 * @param syncing whether it is catching up
 * @param validatorPublicKey the validator key the process holds
 * @param version for people
 * @param chainId the chain
 */
public record NeardStatus(
    long height,
    boolean syncing,
    Optional<String> validatorPublicKey,
    String version,
    String chainId) {}

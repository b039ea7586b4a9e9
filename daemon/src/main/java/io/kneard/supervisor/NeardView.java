package io.kneard.supervisor;

import java.util.Optional;

/**
 * What neard's {@code /status} said.
 *
 * @param height of the newest block
 * @param syncing whether it is catching up
 * @param publicKey the validator key the process holds
 * @param version neard's version, for people
 */
public record NeardView(long height, boolean syncing, Optional<String> publicKey, String version) {}

package io.kneard.datamesh;

import java.util.Optional;

/**
 * How far a replica is brought up to date by a peer.
 *
 * @param percent of what it lacked at the beginning, 0 to 100
 * @param secondsLeft as DRBD guesses; empty where it does not
 */
public record SyncProgress(int percent, Optional<Long> secondsLeft) {}

package io.kneard.lock.embedded;

import java.time.Duration;

/**
 * A session as the database has it.
 *
 * @param beat raised with each renewal
 */
public record Pulse(String session, Duration ttl, long beat) {}

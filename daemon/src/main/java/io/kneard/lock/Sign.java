package io.kneard.lock;

import java.time.Duration;

/**
 * A sign of life that a holder leaves in the lock: one when it takes the lock, and one before each
 * renewal of its session counts. Whoever has seen the last one knows, on its own clock, when this
 * holder has stopped signing, for whatever reason the lock is free: a store can take it from a
 * holder that cannot be told, long before its session's TTL is over.
 *
 * @param id different from that of every other sign
 * @param quietAfter without a further sign for so long the holder has stopped signing
 */
public record Sign(String id, Duration quietAfter) {}

package io.kneard.ctl.api;

import java.time.Instant;

/**
 * A change of state.
 *
 * @param sequence counts up by one from 1 at the daemon's start
 * @param at when
 * @param from the state before
 * @param to the state after
 * @param why the reason, a sentence
 */
public record StateChange(long sequence, Instant at, String from, String to, String why) {}

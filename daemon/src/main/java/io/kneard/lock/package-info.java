/**
 * The leader lock: its timing and its interface. Pure: no I/O, no clock, no thread.
 *
 * <p>Times are nanoseconds on the clock of {@code /proc/uptime}, see {@code io.kneard.neard}.
 */
package io.kneard.lock;

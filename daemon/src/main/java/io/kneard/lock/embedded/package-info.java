/**
 * The leader lock as a row of the cluster's own database.
 *
 * <p>Every host that stands for the lock has a session, a row whose number it raises with each
 * renewal. A session whose number has not changed for its TTL, on the clock of whoever looks, is
 * ended by that one, and the lock with it, in a transaction that fails if the number has changed
 * after all. No two clocks are compared, and no time of the day is used.
 */
package io.kneard.lock.embedded;

/**
 * The deterministic simulation: whole clusters of hosts in virtual time, searched for a schedule in
 * which two of them sign (docs/simulation.md).
 *
 * <p>The supervisor and its loop run as they ship. Around them everything is a model on one thread:
 * processes, signals, files, clocks, the network and the lock store. One seed is one schedule, and
 * always the same one. Times are nanoseconds since the schedule's start unless a name says
 * otherwise.
 */
package io.kneard.simulation;

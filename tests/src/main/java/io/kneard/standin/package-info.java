/**
 * A stand-in for {@code neard}: a real process with neard's command line, files, signals and HTTP
 * interface, on a chain that is a function of time. It signs into a ledger that shows afterwards
 * who signed when, and misbehaves where it is told to.
 *
 * <p>It shares no code with the daemon, so that a mistake is not made twice.
 */
package io.kneard.standin;

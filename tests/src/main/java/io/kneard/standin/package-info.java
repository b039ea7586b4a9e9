/**
 * A stand-in for neard, a real process: command line, HTTP interface, signals, key swap and planned
 * stop as measured on the real one. What it signs goes to a ledger that all stand-ins share.
 */
package io.kneard.standin;

/**
 * The contract of the control socket: what is asked, what is answered and the client that asks.
 *
 * <p>HTTP/1.1 with JSON over a Unix socket. Field names are in snake case on the wire; durations
 * are numbers with their unit in the name; times are ISO 8601 in UTC. Both ends ignore fields they
 * do not know, so that a client and a daemon of neighbouring versions understand each other.
 */
package io.kneard.ctl.api;

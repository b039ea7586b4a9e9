/**
 * A small HTTP/1.1 server with a bound on everything, over any kind of stream socket; knows nothing
 * of kneard.
 *
 * <p>The control socket, the metrics port and the cluster's port are its users. Parsing is
 * httpcore5's; here are the threads, the times and the limits. A connection serves one request and
 * has one thread, so that no caller holds a place by doing nothing; an {@link io.kneard.http.Alarm}
 * hangs up on a peer that is too slow, because a blocked read or write cannot end itself.
 */
package io.kneard.http;

package io.kneard.http;

import java.time.Duration;

/**
 * What one server grants its callers.
 *
 * @param connections served at the same time; one more is told that the server is busy
 * @param lineBytes longest request line or header
 * @param headers number of headers of one request
 * @param bodyBytes longest request body
 * @param request how long a request may take to arrive, from the connecting to the last of its body
 * @param write how long the peer may leave a part of the answer unread
 */
public record Limits(
    int connections, int lineBytes, int headers, int bodyBytes, Duration request, Duration write) {

  /** Generous for people and scripts on the same host. */
  public static final Limits USUAL =
      new Limits(32, 8 * 1024, 64, 64 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(10));

  public Limits {
    positive("connections", connections);
    positive("lineBytes", lineBytes);
    positive("headers", headers);
    positive("bodyBytes", bodyBytes);
    positive("request", request.toMillis());
    positive("write", write.toMillis());
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " = " + value + ": more than 0");
    }
  }

  /** The same with another number of connections. */
  public Limits withConnections(int number) {
    return new Limits(number, lineBytes, headers, bodyBytes, request, write);
  }

  /** The same with other times. */
  public Limits withTimes(Duration request, Duration write) {
    return new Limits(connections, lineBytes, headers, bodyBytes, request, write);
  }
}

package io.kneard.ctl.api.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What every answer of the cluster's API is in.
 *
 * @param type {@code sync} or {@code error}
 * @param status {@code Success}, or empty
 * @param statusCode 200, or 0
 * @param operation always empty: nothing goes on in the background
 * @param errorCode the HTTP status of an error, or 0
 * @param error what is wrong, a sentence, or empty
 * @param metadata the answer itself; null for an error
 */
public record Envelope(
    String type,
    String status,
    int statusCode,
    String operation,
    int errorCode,
    String error,
    JsonNode metadata) {
  /** A good answer. */
  public static Envelope of(JsonNode metadata) {
    return new Envelope("sync", "Success", 200, "", 0, "", metadata);
  }

  /** A bad one. */
  public static Envelope error(int code, String message) {
    return new Envelope("error", "", 0, "", code, message, null);
  }
}

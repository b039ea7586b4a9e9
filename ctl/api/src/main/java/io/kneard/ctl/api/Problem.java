package io.kneard.ctl.api;

/**
 * Why a request was not carried out; the body of every answer with a status of 400 or more.
 *
 * @param code a stable word for programs, one of the constants here
 * @param message a sentence for people: what was refused, the value, and what is wanted
 */
public record Problem(String code, String message) {
  /** 409: the daemon is in a state in which this is not possible; the message names the state. */
  public static final String WRONG_STATE = "wrong_state";

  /** 400: the request itself is wrong. */
  public static final String BAD_REQUEST = "bad_request";

  /** 403: the caller may not use the socket. */
  public static final String FORBIDDEN = "forbidden";

  /** 404: no such path. */
  public static final String NOT_FOUND = "not_found";

  /** 405: the path exists and does not have this method. */
  public static final String BAD_METHOD = "bad_method";

  /** 413: the body or a header is larger than allowed. */
  public static final String TOO_LARGE = "too_large";

  /** 409: what was asked for cannot be done now; the message says why and what to do. */
  public static final String REFUSED = "refused";

  /** 502 or 504: neard or the lock store did not answer, or answered with an error. */
  public static final String UPSTREAM = "upstream";

  /** 503: the daemon is starting or stopping, or has too many callers. */
  public static final String BUSY = "busy";

  /** 500: a mistake in the daemon; its log has more. */
  public static final String INTERNAL = "internal";
}

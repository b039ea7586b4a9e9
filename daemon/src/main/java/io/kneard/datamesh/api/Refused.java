package io.kneard.datamesh.api;

import io.kneard.ctl.api.Problem;

/** What was asked is not done, and nothing was changed; thrown through a transaction. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  private Refused(int status, String code, String message) {
    super(message, null, false, false); // an answer, not a mistake: no stack trace
    this.status = status;
    this.code = code;
  }

  /** 400: the request is wrong. */
  static Refused wrong(String message) {
    return new Refused(400, Problem.BAD_REQUEST, message);
  }

  /** 404: there is no such thing. */
  static Refused unknown(String message) {
    return new Refused(404, Problem.NOT_FOUND, message);
  }

  /** 405: the path does not have this method. */
  static Refused method(String message) {
    return new Refused(405, Problem.BAD_METHOD, message);
  }

  /** 409: not now; the message says why and what to do. */
  static Refused notNow(String message) {
    return new Refused(409, Problem.REFUSED, message);
  }

  int status() {
    return status;
  }

  Problem problem() {
    return new Problem(code, getMessage());
  }
}

package io.kneard.tls;

import java.io.IOException;

/** A PEM file that cannot be used; the message says why and what is wanted, without its name. */
public final class PemProblem extends IOException {
  private static final long serialVersionUID = 1;

  PemProblem(String message) {
    super(message);
  }

  PemProblem(String message, Throwable cause) {
    super(message, cause);
  }
}

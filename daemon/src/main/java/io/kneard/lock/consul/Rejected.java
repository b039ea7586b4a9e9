package io.kneard.lock.consul;

import java.io.IOException;

/** Consul answered, and not with a success. */
final class Rejected extends IOException {
  private static final long serialVersionUID = 1;

  static final int FORBIDDEN = 403;

  final int code;
  final String body;
  final long index;

  Rejected(int code, String body, long index) {
    super("Consul answered %d: %s".formatted(code, body));
    this.code = code;
    this.body = body;
    this.index = index;
  }
}

package io.kneard.dqlite.wire;

import java.io.IOException;

/** What came in is not of the protocol. */
public final class MalformedMessage extends IOException {
  private static final long serialVersionUID = 1;

  /** Says what was found and what is wanted. */
  public MalformedMessage(String message) {
    super(message);
  }
}

package io.kneard.dqlite.wire;

/** The protocol's responses by their codes. */
public enum Response {
  FAILURE(0),
  NODE(1),
  WELCOME(2),
  NODES(3),
  DATABASE(4),
  STATEMENT(5),
  RESULT(6),
  ROWS(7),
  EMPTY(8),
  FILES(9),
  METADATA(10);

  private static final Response[] BY_CODE = values();

  private final int code;

  Response(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Response of(int code) throws MalformedMessage {
    if (code < 0 || code >= BY_CODE.length) {
      throw new MalformedMessage("response type " + code + ": 0 to 10 are known");
    }
    return BY_CODE[code];
  }
}

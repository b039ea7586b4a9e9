package io.kneard.dqlite.wire;

/** The protocol's requests by their codes. */
public enum Request {
  LEADER(0),
  CLIENT(1),
  OPEN(3),
  PREPARE(4),
  EXEC(5),
  QUERY(6),
  FINALIZE(7),
  EXEC_SQL(8),
  QUERY_SQL(9),
  ADD(12),
  ASSIGN(13),
  REMOVE(14),
  DUMP(15),
  CLUSTER(16),
  TRANSFER(17),
  DESCRIBE(18),
  WEIGHT(19);

  private final int code;

  Request(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}

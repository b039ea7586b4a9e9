package io.kneard.dqlite.node;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Notices a client that is silent in the middle of a transaction, because it is stopped or its host
 * is gone. Nobody else can write until it goes on, or its connection ends; a kernel keeps that open
 * for a program that is stopped, and TCP for a host that is gone takes tens of seconds.
 *
 * <p>It follows the client's requests. One that begins or ends a transaction is told by its text,
 * so it has to be sent as it is and not prepared; {@code Transaction} does so. A transaction that
 * was begun in another way is not seen, and never ended here.
 *
 * <p>Times are nanoseconds of one monotonic clock.
 */
final class OpenTransaction {
  /**
   * Much more than there is between an answer and the next request. Less than the time-out of a
   * renewal of the leader lock, 2 s, so that one that finds the database taken so succeeds in time.
   */
  static final Duration LONGEST_SILENCE = Duration.ofMillis(1500);

  private static final int WORD = Long.BYTES;

  /** Requests by their codes; CONNECT makes a connection one between nodes. */
  private static final int CONNECT = 11;

  private static final int EXEC_SQL = 8;

  /** The number of the database comes first, then the text. */
  private static final int TEXT_AT = WORD;

  private static final int TEXT_SEEN = 8;
  private static final int TYPE_AT = 4;

  private final ByteBuffer seen =
      ByteBuffer.allocate(TEXT_AT + TEXT_SEEN).order(ByteOrder.LITTLE_ENDIAN);
  private boolean handshake = true;
  private boolean betweenNodes;
  private int type = -1;
  private long left = WORD;

  private boolean open;
  private boolean clientsTurn;
  private long since;

  /** The client has sent these bytes; they are left as they are. */
  synchronized void sent(ByteBuffer bytes, long now) {
    ByteBuffer rest = bytes.duplicate();
    while (rest.hasRemaining() && !betweenNodes) {
      take(rest);
      if (left == 0) {
        next();
      }
    }
    since = now;
    clientsTurn = type >= 0 || left != WORD; // it has not sent all of a request
  }

  private void take(ByteBuffer rest) {
    int count = (int) Math.min(left, rest.remaining());
    int kept = Math.min(count, seen.remaining());
    seen.put(rest.slice(rest.position(), kept));
    rest.position(rest.position() + count);
    left -= count;
  }

  /** A word of the client's greeting, a header or a body is complete. */
  private void next() {
    long body = 0;
    if (handshake) {
      handshake = false;
    } else if (type < 0) {
      type = seen.get(TYPE_AT);
      betweenNodes = type == CONNECT;
      body = Integer.toUnsignedLong(seen.getInt(0)) * WORD;
    } else {
      asked();
    }
    seen.clear();
    left = body;
    if (body == 0) {
      type = -1;
      left = WORD;
    }
  }

  private void asked() {
    int text = seen.position() - TEXT_AT;
    if (type == EXEC_SQL && text > 0) {
      String begins = new String(seen.array(), TEXT_AT, text, StandardCharsets.US_ASCII);
      open = begins.startsWith("BEGIN") || (open && !ends(begins));
    }
  }

  private static boolean ends(String statement) {
    return statement.startsWith("COMMIT") || statement.startsWith("ROLLBACK");
  }

  /** The client was sent something, in answer to what it has asked. */
  synchronized void answered(long now) {
    since = now;
    clientsTurn = true;
  }

  /** Whether its connection is to be ended, which undoes what it has done. */
  synchronized boolean isAbandoned(long now) {
    return open && clientsTurn && now - since > LONGEST_SILENCE.toNanos();
  }
}

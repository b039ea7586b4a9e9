package io.kneard.ledger;

/** The time in which one process had one key, as far as its lines show it. */
final class Tenure {
  final Signer signer;
  final String key;
  final int beginOrder;
  final long beginClock;
  int lastOrder;
  long lastClock;
  int lastSignOrder = -1;
  long lastSignClock = Long.MIN_VALUE;
  long firstSignClock = Long.MAX_VALUE;
  long firstHeight;
  long lastHeight;
  long signatures;

  Tenure(Line first) {
    signer = first.signer();
    key = first.key();
    beginOrder = first.order();
    beginClock = first.clockMillis();
    seen(first);
  }

  void seen(Line line) {
    lastOrder = line.order();
    lastClock = Math.max(lastClock, line.clockMillis());
    if (line.kind() == Line.Kind.SIGN) {
      if (signatures++ == 0) {
        firstSignClock = line.clockMillis();
        firstHeight = line.height();
      }
      lastSignOrder = line.order();
      lastSignClock = Math.max(lastSignClock, line.clockMillis());
      lastHeight = line.height();
    }
  }

  /** Whether this one signed after the other, which began later, had the key. */
  boolean signedInto(Tenure later) {
    return lastSignOrder > later.beginOrder || lastSignClock > later.beginClock;
  }

  /**
   * Whether this one showed that it still had the key after the other, which began later, had it.
   */
  boolean heldInto(Tenure later) {
    return lastOrder > later.beginOrder || lastClock > later.beginClock;
  }
}

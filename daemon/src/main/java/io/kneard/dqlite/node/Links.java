package io.kneard.dqlite.node;

import java.io.IOException;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The connections that are open, and a bound for those that are being made. */
final class Links {
  /** Far more than a cluster needs: two for each other node, and the clients'. */
  private static final int MOST = 512;

  private static final long SET_UP_SECONDS = 5;

  /** What is known of a connection: the certificate of its other end, if it came over TLS. */
  private record Entry(Splice splice, Optional<Certificate> peer) {}

  private final Map<Splice, Entry> open = new ConcurrentHashMap<>();
  private final ScheduledExecutorService alarms = alarms();
  private volatile boolean closed;

  private static ScheduledExecutorService alarms() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "alarms");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /** What may take no longer than the time for setting up a connection; {@code stop} ends it. */
  <T> T bounded(Runnable stop, Step<T> step) throws IOException {
    var alarm = alarms.schedule(stop, SET_UP_SECONDS, TimeUnit.SECONDS);
    try {
      return step.run();
    } finally {
      alarm.cancel(false);
    }
  }

  /** A step in the making of a connection. */
  interface Step<T> {
    T run() throws IOException;
  }

  /** Makes the two links one connection, which is over when either ends. Takes both over. */
  void connect(String name, ByteLink one, ByteLink other) throws IOException {
    if (open.size() >= MOST || closed) {
      one.close();
      other.close();
      throw new IOException(closed ? "the node is stopping" : MOST + " connections are open");
    }
    Optional<Certificate> peer =
        other instanceof TlsLink tls ? Optional.of(tls.peer()) : Optional.empty();
    Splice[] self = new Splice[1];
    Splice splice = new Splice(one, other, () -> open.remove(self[0]));
    self[0] = splice;
    open.put(splice, new Entry(splice, peer));
    splice.start(name);
    if (closed) {
      splice.end();
    }
  }

  /** Ends the connections to whom {@code trusted} does not accept any more. */
  void endUnlessTrusted(Predicate<Certificate> trusted) {
    open.values().stream()
        .filter(entry -> entry.peer.isPresent() && !trusted.test(entry.peer.get()))
        .forEach(entry -> entry.splice.end());
  }

  /** Ends all, and lets none begin. */
  void endAll() {
    closed = true;
    open.keySet().forEach(Splice::end);
    alarms.shutdownNow();
  }
}

package io.kneard.dqlite.node;

import java.io.IOException;
import java.security.cert.Certificate;
import java.time.Duration;
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

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /** The connections, each with its end at the other node if it goes there. */
  private final Map<Splice, Optional<TlsLink>> open = new ConcurrentHashMap<>();

  /** Of those who have shown a certificate that was trusted: few. */
  private final Map<Certificate, PeerSilence> silences = new ConcurrentHashMap<>();

  private final ScheduledExecutorService alarms = alarms();
  private volatile Predicate<Certificate> trusted = certificate -> true;
  private volatile boolean closed;

  Links() {
    NodeThreads.start("silence", this::look);
  }

  private void look() {
    while (!closed) {
      NodeThreads.rest(LOOK_EVERY);
      long now = System.nanoTime();
      open.keySet().stream().filter(splice -> splice.isToNobody(now)).forEach(Splice::end);
    }
  }

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
    Splice[] self = new Splice[1];
    Splice splice = new Splice(one, other, () -> open.remove(self[0]));
    self[0] = splice;
    open.put(splice, other instanceof TlsLink link ? Optional.of(link) : Optional.empty());
    splice.start(name);
    // Whoever closes or ends trust goes through what is open afterwards, and may have missed this.
    boolean trustHasEnded = other instanceof TlsLink link && !trusted.test(link.peer());
    if (closed || trustHasEnded) {
      splice.end();
    }
  }

  /** What is known of a peer. */
  PeerSilence silenceOf(Certificate peer) {
    return silences.computeIfAbsent(peer, any -> new PeerSilence());
  }

  /** Ends the connections to whom {@code trusted} does not accept. */
  void trustOnly(Predicate<Certificate> trusted) {
    this.trusted = trusted;
    silences.keySet().removeIf(trusted.negate());
    endThose(link -> !trusted.test(link.peer()));
  }

  private void endThose(Predicate<TlsLink> which) {
    open.forEach((splice, link) -> link.filter(which).ifPresent(it -> splice.end()));
  }

  /** Ends all, and lets none begin. */
  void endAll() {
    closed = true;
    open.keySet().forEach(Splice::end);
    alarms.shutdownNow();
  }
}

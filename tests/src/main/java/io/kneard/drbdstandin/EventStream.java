package io.kneard.drbdstandin;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** {@code drbdsetup events2} of one host: what there is, and then what becomes of it. */
final class EventStream {
  /** Who is told. */
  interface Listener {
    void line(String line) throws IOException;

    /** Whether it still listens. */
    boolean listens() throws IOException;
  }

  private static final long CHECK_MILLIS = 500;

  private final Hosts hosts;
  private final Kernel kernel;
  private final boolean timestamps;
  private Map<String, String> known = new LinkedHashMap<>();

  EventStream(Hosts hosts, String host, boolean timestamps) {
    this.hosts = hosts;
    this.kernel = hosts.kernel(host);
    this.timestamps = timestamps;
  }

  /** Tells until nobody listens anymore, or this thread is interrupted. */
  void run(Listener listener) throws IOException {
    Semaphore news = new Semaphore(0);
    Runnable end = hosts.listen(resource -> news.release());
    try {
      known = now();
      for (Map.Entry<String, String> one : known.entrySet()) {
        tell(listener, "exists", one.getKey(), one.getValue());
      }
      tell(listener, "exists", "-", "");
      while (listener.listens()) {
        if (news.tryAcquire(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
          tellOfChanges(listener);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end.run();
    }
  }

  private void tellOfChanges(Listener listener) throws IOException {
    Map<String, String> before = known;
    known = now();
    for (String object : before.keySet()) {
      if (!known.containsKey(object)) {
        tell(listener, "destroy", object, "");
      }
    }
    for (Map.Entry<String, String> one : known.entrySet()) {
      String was = before.get(one.getKey());
      if (!one.getValue().equals(was)) {
        tell(listener, was == null ? "create" : "change", one.getKey(), one.getValue());
      }
    }
  }

  private Map<String, String> now() {
    synchronized (hosts) {
      return new Told(hosts, kernel).objects();
    }
  }

  private void tell(Listener listener, String verb, String object, String how) throws IOException {
    String line = verb + " " + object + (how.isEmpty() ? "" : " " + how);
    listener.line(timestamps ? Instant.now() + " " + line : line);
  }
}

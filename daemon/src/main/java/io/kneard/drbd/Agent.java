package io.kneard.drbd;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The DRBD side of one host: one worker for every replica, so that one that hangs keeps none of the
 * others waiting, and one listener for the kernel's events.
 */
public final class Agent implements AutoCloseable {
  /** For all workers together; one whose tool hangs is left behind. */
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Supplier<Tools> tools;
  private final Function<String, Storage> pools;
  private final DeviceLink links;
  private final Reports reports;
  private final LongSupplier nanos;
  private final Map<String, Worker> workers = new TreeMap<>();
  private final Events.Listening events;
  private boolean closed;

  /**
   * @param tools made anew for every worker
   * @param pools the storage of each pool of this host, by its name; null for one it has not
   * @param events of the kernel
   * @param nanos a clock that only goes forward
   */
  public Agent(
      Supplier<Tools> tools,
      Function<String, Storage> pools,
      DeviceLink links,
      Reports reports,
      Events events,
      LongSupplier nanos) {
    this.tools = tools;
    this.pools = pools;
    this.links = links;
    this.reports = reports;
    this.nanos = nanos;
    this.events = events.tell(this::look);
  }

  /** This is to be so from now on. What is so already costs nothing. */
  public synchronized void assign(Assignment assignment) {
    if (!closed) {
      workers.computeIfAbsent(assignment.volume(), this::worker).assign(assignment);
    }
  }

  /** Nothing is to be done about this volume anymore. */
  public synchronized void dismiss(String volume) {
    Optional.ofNullable(workers.remove(volume)).ifPresent(Worker::interrupt);
  }

  private Worker worker(String volume) {
    Caretaker caretaker = new Caretaker(tools.get(), pools, links);
    Worker worker = new Worker(volume, caretaker, reports, nanos);
    worker.start();
    return worker;
  }

  /** Something has happened to this resource, or, if empty, to any. */
  private synchronized void look(Optional<String> resource) {
    workers.forEach(
        (volume, worker) -> {
          if (resource.isEmpty() || resource.get().equals(Target.resourceName(volume))) {
            worker.look();
          }
        });
  }

  /** Stops all threads; the resources stay as they are. */
  @Override
  public synchronized void close() {
    closed = true;
    events.close();
    workers.values().forEach(Worker::interrupt);
    long deadline = nanos.getAsLong() + STOP_NANOS;
    try {
      for (Worker worker : workers.values()) {
        long left = deadline - nanos.getAsLong();
        worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.clear();
  }
}

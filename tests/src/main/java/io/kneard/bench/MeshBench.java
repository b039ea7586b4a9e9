package io.kneard.bench;

import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.daemon.MeshCluster;
import io.kneard.datamesh.control.ManyVolumes;
import io.kneard.datamesh.control.MeshDatabase;
import io.kneard.datamesh.control.Stored;
import io.kneard.testbed.Await;
import io.kneard.testbed.Scratch;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What replicated volumes cost. */
final class MeshBench {
  private static final long SIZE = 1L << 30;
  private static final int WARM = 3;

  /** Who order at the same time. */
  private static final int OPERATORS = 4;

  private static final int USES = 100;
  private static final int USES_FROM_REST = 10;

  /** Longer than anybody watches closely after a change. */
  private static final int REST_MILLIS = 4000;

  private static final int IDLE_SECONDS = 10;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private MeshBench() {}

  static void print(int stored, int formed) throws Exception {
    try (Scratch scratch = Scratch.create("mesh")) {
      print(scratch.folder(), stored, formed);
    }
  }

  private static void print(Path folder, int stored, int formed) throws Exception {
    Stored original;
    System.out.println("| what | figure | wanted |");
    System.out.println("|---|---|---|");
    try (MeshCluster cluster = new MeshCluster(folder.resolve("cluster"), "a", "b", "c")) {
      original = form(cluster, formed);
      use(cluster, USES, 0);
      use(cluster, USES_FROM_REST, REST_MILLIS);
      rest(cluster);
    }
    try (MeshDatabase database = new MeshDatabase(folder.resolve("many"), "a", "b", "c")) {
      ManyVolumes many = new ManyVolumes(database.store(), "a", "b", "c");
      many.fill(original, stored);
      look(many, stored);
    }
  }

  /** Orders so many at once, and waits until the last is there. */
  private static Stored form(MeshCluster cluster, int count) throws Exception {
    order(cluster, "first");
    cluster.awaited("a", "first", VolumeView::settled);
    long begun = System.nanoTime();
    ExecutorService operators = Executors.newFixedThreadPool(OPERATORS);
    List<Future<?>> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "v" + i;
      orders.add(
          operators.submit(
              () -> {
                order(cluster, name);
                return true;
              }));
    }
    for (Future<?> order : orders) {
      order.get();
    }
    operators.shutdown();
    double ordered = (System.nanoTime() - begun) / NANOS_PER_SECOND;
    for (int i = 0; i < count; i++) {
      cluster.awaited("a", "v" + i, VolumeView::settled);
    }
    double seconds = (System.nanoTime() - begun) / NANOS_PER_SECOND;
    row(
        "%d volumes (3D) ordered and formed on three hosts".formatted(count),
        "%.1f s, %.1f of it for the orders: %.1f volumes a second"
            .formatted(seconds, ordered, count / seconds),
        "20 a second");
    return cluster.store("a").volume("first").orElseThrow();
  }

  private static void order(MeshCluster cluster, String name) throws Exception {
    cluster.ask("a", "POST", "/v1/volumes", Map.of("name", name, "size", SIZE));
  }

  /** From an order that is stored to the command on the host it is for. */
  private static void use(MeshCluster cluster, int uses, long restMillis) throws Exception {
    AtomicLong seen = new AtomicLong();
    cluster.watch(
        "b",
        line -> {
          if (line.equals("drbdsetup primary kneard-first")) {
            seen.compareAndSet(0, System.nanoTime());
          }
        });
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < uses; i++) {
      seen.set(0);
      Thread.sleep(restMillis);
      cluster.ask("c", "PUT", "/v1/volumes/first/attachments/b", Map.of());
      long ordered = System.nanoTime();
      Await.until("the host is told", () -> seen.get() != 0);
      taken.add(Math.max(0, seen.get() - ordered));
      cluster.awaited("a", "first", VolumeView::settled);
      cluster.ask("c", "DELETE", "/v1/volumes/first/attachments/b", Map.of());
      cluster.awaited(
          "a",
          "first",
          view -> view.settled() && view.replicas().stream().noneMatch(r -> r.attached()));
    }
    taken.sort(Long::compare);
    row(
        "from a change in the database to the command on the host, %s, of %d"
            .formatted(restMillis == 0 ? "in a row" : "after a rest", uses),
        "median %.0f ms, p99 %.0f ms"
            .formatted(millis(taken.get(uses / 2)), millis(taken.get(uses * 99 / 100))),
        "p99 200 ms");
  }

  private static void rest(MeshCluster cluster) throws Exception {
    Thread.sleep(IDLE_SECONDS * 1000L);
    long before = cluster.store("a").counter();
    Duration daemons = processor(Stream.of(ProcessHandle.current()));
    Duration databases = processor(ProcessHandle.current().descendants());
    Thread.sleep(IDLE_SECONDS * 1000L);
    row(
        "processor time of three hosts at rest: daemons, with stand-in kernels; databases",
        "%d ms, %d ms a second"
            .formatted(
                processor(Stream.of(ProcessHandle.current())).minus(daemons).toMillis()
                    / IDLE_SECONDS,
                processor(ProcessHandle.current().descendants()).minus(databases).toMillis()
                    / IDLE_SECONDS),
        "");
    row(
        "writes about volumes at rest, in %d s".formatted(IDLE_SECONDS),
        Long.toString(cluster.store("a").counter() - before),
        "0");
  }

  private static Duration processor(Stream<ProcessHandle> processes) {
    return processes
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static void look(ManyVolumes many, int stored) throws Exception {
    for (int i = 0; i < WARM; i++) {
      many.pass();
    }
    System.gc();
    long begun = System.nanoTime();
    int changed = many.pass();
    double seconds = (System.nanoTime() - begun) / NANOS_PER_SECOND;
    row(
        "a pass over %d volumes, %d of them changed".formatted(stored, changed),
        "%.2f s, with a heap of %d MB at most"
            .formatted(seconds, Runtime.getRuntime().maxMemory() >> 20),
        "2 s, 256 MB");
    ManyVolumes.Taken taken = many.decisions(stored);
    row("planning of one of them", spread(taken.onTheWall()), "1 ms");
    row("processor time of that", spread(taken.ofTheProcessor()), "");
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    row("load of the machine at the end", "%.0f".formatted(load), "");
  }

  private static String spread(List<Long> sorted) {
    return "median %.3f ms, p99 %.3f ms"
        .formatted(
            millis(sorted.get(sorted.size() / 2)), millis(sorted.get(sorted.size() * 99 / 100)));
  }

  private static double millis(long nanos) {
    return nanos / NANOS_PER_MILLI;
  }

  private static void row(String what, String figure, String wanted) {
    System.out.println("| %s | %s | %s |".formatted(what, figure, wanted));
  }
}

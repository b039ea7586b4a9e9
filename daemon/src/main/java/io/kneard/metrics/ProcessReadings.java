package io.kneard.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the daemon's own process says. Not through Micrometer's binders: at each scrape they make
 * forty times the garbage, they do not know the resident memory, and promtool objects to two of
 * their names.
 */
final class ProcessReadings {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final long BYTES_PER_KIB = 1024;

  private ProcessReadings() {}

  static List<Reading> all(String version) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    UnixOperatingSystemMXBean system =
        (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double started = runtime.getStartTime() / 1e3;
    String java = Runtime.version().toString();
    return List.of(
        new Reading(Names.BUILD, out -> out.add(1, version, java)),
        new Reading(Names.START_TIME, out -> out.add(started)),
        new Reading(Names.CPU, out -> out.add(system.getProcessCpuTime() / 1e9)),
        new Reading(Names.RESIDENT, ProcessReadings::resident),
        new Reading(Names.OPEN_FILES, out -> out.add(system.getOpenFileDescriptorCount())),
        new Reading(
            Names.MEMORY_USED,
            out -> {
              out.add(memory.getHeapMemoryUsage().getUsed(), "heap");
              out.add(memory.getNonHeapMemoryUsage().getUsed(), "nonheap");
            }),
        new Reading(Names.HEAP_MAX, out -> out.add(memory.getHeapMemoryUsage().getMax(), "heap")),
        collectors(Names.GC_SECONDS, collector -> collector.getCollectionTime() / 1e3),
        collectors(Names.GC_COUNT, GarbageCollectorMXBean::getCollectionCount),
        new Reading(
            Names.THREADS, out -> out.add(ManagementFactory.getThreadMXBean().getThreadCount())));
  }

  private static Reading collectors(Metric metric, ToDoubleFunction<GarbageCollectorMXBean> read) {
    List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    return new Reading(
        metric,
        out -> collectors.forEach(each -> out.add(read.applyAsDouble(each), each.getName())));
  }

  private static void resident(Reading.Sink out) {
    try {
      Matcher found = RESIDENT.matcher(Files.readString(STATUS));
      if (found.find()) {
        out.add(Long.parseLong(found.group(1)) * BYTES_PER_KIB);
      }
    } catch (IOException e) {
      // Absent, then.
    }
  }
}

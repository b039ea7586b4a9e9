package io.kneard.datamesh.control;

import io.kneard.database.DatabaseUnavailable;
import io.kneard.datamesh.Volume;
import io.kneard.datamesh.control.MeshStore.ReportOf;
import io.kneard.datamesh.control.Turnover.Around;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Copies of one volume in a database, and what it costs to look at them. */
public final class ManyVolumes {
  /** As many as the controller reads at once. */
  private static final int BATCH = 64;

  private final MeshStore store;
  private final Map<String, HostState> hosts = new TreeMap<>();
  private final DeviceIds ids = new DeviceIds();

  /**
   * @param hosts of the cluster, by the names in the copied volume
   */
  public ManyVolumes(MeshStore store, String... hosts) {
    this.store = store;
    int last = 1;
    for (String name : hosts) {
      HostFacts facts = MeshDatabase.facts("10.0.0." + last++);
      this.hosts.put(
          name, new HostState(name, HostWishes.NONE, facts, true, java.util.Optional.empty(), 0));
    }
  }

  /** Stores so many copies. */
  public void fill(Stored original, int count) throws DatabaseUnavailable {
    for (int from = 0; from < count; from += BATCH) {
      int first = from;
      store.transaction(
          session -> {
            Map<String, List<ReportOf>> reports = new TreeMap<>();
            for (int i = first; i < Math.min(count, first + BATCH); i++) {
              Stored copy = copy(original, i);
              MeshRows.insert(session, copy.name(), copy.document());
              for (var place : copy.document().places()) {
                String id = copy.document().disk(place).deviceId();
                reports
                    .computeIfAbsent(place.node(), node -> new ArrayList<>())
                    .add(new ReportOf(copy.name(), id, copy.reports().get(id)));
              }
            }
            for (var of : reports.entrySet()) {
              ReplicaRows.report(session, of.getKey(), of.getValue());
            }
            return true;
          });
    }
  }

  private Stored copy(Stored original, int number) {
    VolumeDocument was = original.document();
    String name = "v" + number;
    Volume volume = was.volume();
    Map<Integer, Disk> disks = new TreeMap<>();
    Map<String, Said> reports = new HashMap<>();
    was.disks()
        .forEach(
            (id, disk) -> {
              Disk fresh = new Disk(ids.get(), disk.zeroed());
              disks.put(id, fresh);
              reports.put(fresh.deviceId(), original.reports().get(disk.deviceId()));
            });
    VolumeDocument document =
        new VolumeDocument(
            number,
            was.volumeClass(),
            was.wish(),
            was.waypoint(),
            new Volume(
                name,
                volume.configuration(),
                volume.wantedSize(),
                false,
                volume.mesh(),
                volume.transitions()),
            was.places(),
            was.leaving(),
            disks,
            was.intents(),
            was.forceDetach());
    return new Stored(name, document, 0, reports);
  }

  /** Looks at all of them as the controller does; says how many would change. */
  public int pass() throws DatabaseUnavailable {
    int changed = 0;
    Position seen = Position.START;
    List<Stored> some = store.changed(seen, BATCH);
    while (!some.isEmpty()) {
      for (Stored one : some) {
        changed += decide(one) ? 1 : 0;
        seen = new Position(one.changed(), one.name());
      }
      some = store.changed(seen, BATCH);
    }
    return changed;
  }

  /**
   * What decisions take; nanoseconds, sorted.
   *
   * @param onTheWall with what others do on the machine meanwhile
   * @param ofTheProcessor without that
   */
  public record Taken(List<Long> onTheWall, List<Long> ofTheProcessor) {}

  /** What each decision of so many takes. */
  public Taken decisions(int count) throws DatabaseUnavailable {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Long> wall = new ArrayList<>();
    List<Long> processor = new ArrayList<>();
    for (Stored one : store.volumes("", count)) {
      long begun = System.nanoTime();
      long used = threads.getCurrentThreadCpuTime();
      decide(one);
      processor.add(threads.getCurrentThreadCpuTime() - used);
      wall.add(System.nanoTime() - begun);
    }
    wall.sort(Long::compare);
    processor.sort(Long::compare);
    return new Taken(wall, processor);
  }

  private boolean decide(Stored one) {
    Around around = new Around(hosts, Instant.now(), Instant.EPOCH, ids);
    return !Turnover.of(one, around).next().equals(java.util.Optional.of(one.document()));
  }
}

package io.kneard.ctl;

import io.kneard.ctl.api.mesh.VolumeWish;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** What is wanted of a volume; null is left as it is, or to what is usual. */
final class WishOptions {
  /** Two numbers under one name. */
  enum Replication {
    NONE(0, 0),
    AVAILABILITY(0, 1),
    CONSISTENCY(1, 0),
    CONSISTENCY_AND_AVAILABILITY(1, 1);

    final int fttBdl;
    final int fttBua;

    Replication(int fttBdl, int fttBua) {
      this.fttBdl = fttBdl;
      this.fttBua = fttBua;
    }

    static Replication of(String name) {
      for (Replication one : values()) {
        if (one.name().replace("_", "").equalsIgnoreCase(name)) {
          return one;
        }
      }
      throw new IllegalArgumentException(
          "--replication = '"
              + name
              + "': None, Availability, Consistency or ConsistencyAndAvailability is wanted");
    }
  }

  @Option(
      names = "--replication",
      paramLabel = "NAME",
      description =
          "None, Availability, Consistency or ConsistencyAndAvailability, which is usual: how many"
              + " failures are survived. Instead of the two numbers.")
  private String replication;

  @Option(
      names = "--ftt-bdl",
      paramLabel = "N",
      description = "Hosts that may be lost before data is: 0 to 2.")
  private Integer fttBdl;

  @Option(
      names = "--ftt-bua",
      paramLabel = "N",
      description = "Hosts that may be lost before the volume stands still: 0 to 2.")
  private Integer fttBua;

  @Option(
      names = "--topology",
      paramLabel = "HOW",
      description = "ignored, zonal or trans-zonal: how members are spread over zones.")
  private String topology;

  @Option(
      names = "--access",
      paramLabel = "WHERE",
      description =
          "any, preferably-local, eventually-local or local: where it may be used, seen from where"
              + " its data is.")
  private String access;

  @Option(
      names = "--max-attachments",
      paramLabel = "N",
      description = "On how many hosts at once it may be used.")
  private Integer maxAttachments;

  @Option(
      names = "--hosts",
      paramLabel = "HOST",
      split = ",",
      description = "Hosts that may have replicas, with commas between; 'all' for all.")
  private List<String> hosts;

  @Option(
      names = "--pool",
      paramLabel = "NAME",
      description = "The pool for its disks; 'any' for the one with most room.")
  private String pool;

  @Option(
      names = "--replace-after",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "A host has to be gone for so long before its replica is replaced: 30m.")
  private Duration replaceAfter;

  @Option(
      names = "--local-after",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "With eventually-local: after so long of use the data follows: 5m.")
  private Duration localAfter;

  /**
   * The request.
   *
   * @throws IllegalArgumentException if the options contradict each other
   */
  VolumeWish wish(
      String name, Long size, String ofClass, Boolean manual, Map<String, String> replicas) {
    if (replication != null && (fttBdl != null || fttBua != null)) {
      throw new IllegalArgumentException(
          "--replication stands for --ftt-bdl and --ftt-bua: either it or them");
    }
    Replication named = replication == null ? null : Replication.of(replication);
    return new VolumeWish(
        name,
        size,
        ofClass,
        manual,
        named == null ? fttBdl : Integer.valueOf(named.fttBdl),
        named == null ? fttBua : Integer.valueOf(named.fttBua),
        topology,
        access,
        maxAttachments,
        hosts == null ? null : hosts.equals(List.of("all")) ? List.of() : hosts,
        pool == null ? null : pool.equals("any") ? "" : pool,
        replaceAfter == null ? null : replaceAfter.toSeconds(),
        localAfter == null ? null : localAfter.toSeconds(),
        replicas == null ? null : new TreeMap<>(replicas));
  }
}

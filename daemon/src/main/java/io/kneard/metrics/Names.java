package io.kneard.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Every metric of the daemon: the one place that knows their names and meanings. Those of the
 * program that this one replaces keep their names exactly; process_… and jvm_… are named as
 * Prometheus' own clients name them.
 */
public final class Names {
  private static final List<Metric> ROWS = new ArrayList<>();
  private static final String[] STATES = {
    "Registering", "Shutdown", "Startup", "Syncing", "Validating", "Voting"
  };
  private static final String[] KINDS = {"blocks", "chunks"};

  static final Metric STATE =
      row(
          Metric.gauge("kuutamod_state", "0 or 1", "In what state the supervisor is: 1 for one")
              .by("type", STATES));

  // A gauge, although it only goes up: a counter would have to be called …_total.
  static final Metric RESTARTS =
      row(Metric.gauge("kuutamod_neard_restarts", "restarts", "How often neard was started again"));
  static final Metric UPTIME =
      row(Metric.gauge("kuutamod_uptime", "milliseconds", "How long the daemon is running"));

  static final Metric STATE_SECONDS =
      row(Metric.gauge("kneard_state_seconds", "seconds", "Since the state was entered"));
  static final Metric STATE_CHANGES =
      row(
          Metric.counter("kneard_state_changes_total", "changes", "Moves from a state to another")
              .by("from", STATES)
              .by("to", STATES));
  static final Metric PAUSED =
      row(Metric.gauge("kneard_paused", "0 or 1", "Whether an operator holds promotions back"));

  static final Metric LOCK_HELD =
      row(Metric.gauge("kneard_lock_held", "0 or 1", "Whether this host holds the leader lock"));
  static final Metric LOCK_EPOCH =
      row(
          Metric.gauge(
              "kneard_lock_epoch",
              "acquisitions",
              "How often the lock was taken, by whichever host, since its value was last written by"
                  + " hand, which sets this back to 0; absent before it was seen"));
  static final Metric LOCK_REACHABLE =
      row(
          Metric.gauge(
              "kneard_lock_reachable",
              "0 or 1",
              "Whether the lock store answered the last request, and usefully; absent before it was"
                  + " asked"));
  static final Metric RENEWALS =
      row(
          Metric.histogram(
                  "kneard_lock_renewal_seconds", "Renewals of the session: how long they took")
              .by("outcome", "renewed", "gone", "unreachable"));

  static final Metric KEY_IN_PROCESS =
      row(
          Metric.gauge(
              "kneard_key_in_process",
              "0 or 1",
              "Whether the validator key may be in neard: never 1 on two hosts at once"));
  static final Metric KEY_LIVE =
      row(
          Metric.gauge(
              "kneard_key_live", "0 or 1", "Whether neard has confirmed that it uses the key"));
  static final Metric DEADLINE =
      row(
          Metric.gauge(
              "kneard_signing_deadline_seconds",
              "seconds",
              "Until neard is killed unless the lock is renewed; absent without the key"));
  static final Metric LEASE =
      row(
          Metric.gauge(
              "kneard_signing_lease_seconds",
              "seconds",
              "What the deadline is put back to by a renewal that takes no time; a setting"));
  static final Metric PROMOTIONS =
      row(
          Metric.summary(
                  "kneard_promotion_seconds",
                  "From the first step to put the key in until neard confirmed it, or it failed")
              .by("mode", "hot", "restart")
              .by("outcome", "live", "failed"));
  static final Metric DEMOTIONS =
      row(
          Metric.summary(
                  "kneard_demotion_seconds",
                  "From the decision to take the key out until it was out; exit: neard ended by"
                      + " itself, after 0 s")
              .by("mode", "hot", "stop", "exit"));
  static final Metric FENCE_KILLS =
      row(
          Metric.counter(
              "kneard_fence_kills_total",
              "kills",
              "SIGKILLs for neard: ordered by the daemon, or the fence's own because a deadline passed"
                  + " or SIGTERM had no effect"));

  static final Metric NEARD_REACHABLE =
      row(
          Metric.gauge(
              "kneard_neard_reachable",
              "0 or 1",
              "Whether neard answered /status when last asked"));
  static final Metric NEARD_SYNCING =
      row(
          Metric.gauge(
              "kneard_neard_syncing",
              "0 or 1",
              "Whether neard catches up with the chain; absent while it is not reachable"));
  static final Metric NEARD_HEIGHT =
      row(
          Metric.gauge(
              "kneard_neard_height",
              "blocks",
              "Height of neard's newest block; absent while it is not reachable"));
  static final Metric PRODUCED =
      row(
          Metric.gauge(
                  "kneard_duties_produced",
                  "blocks or chunks",
                  "What the validator produced in this epoch, as this neard sees it; absent while"
                      + " it is not in sync, or without duties")
              .by("kind", KINDS));
  static final Metric EXPECTED =
      row(
          Metric.gauge(
                  "kneard_duties_expected",
                  "blocks or chunks",
                  "What it should have produced so far in this epoch")
              .by("kind", KINDS));
  static final Metric RATIO =
      row(
          Metric.gauge(
                  "kneard_duties_ratio",
                  "0 to 1",
                  "Produced by expected; below 0.8 at the end of the epoch, for blocks or for"
                      + " chunks, the validator is kicked out")
              .by("kind", KINDS));

  static final Metric DATABASE_STATE =
      row(
          Metric.gauge(
                  "kneard_database_state",
                  "0 or 1",
                  "How far the cluster's database is on this host: 1 for one; absent on a host in"
                      + " no cluster")
              .by("state", "offline", "online", "starting", "uninitialized", "waiting"));
  static final Metric CERTIFICATE_ENDS =
      row(
          Metric.gauge(
              "kneard_cluster_certificate_expiry_seconds",
              "seconds",
              "Unix time at which the first of this member's certificates ends"));

  static final Metric BUILD =
      row(
          Metric.gauge("kneard_build_info", "1", "The daemon's version and its Java's")
              .by("version")
              .by("java"));
  static final Metric START_TIME =
      row(Metric.gauge("process_start_time_seconds", "seconds", "Unix time of the daemon's start"));
  static final Metric CPU =
      row(
          Metric.counter(
              "process_cpu_seconds_total", "seconds", "Processor time the daemon has used"));
  static final Metric RESIDENT =
      row(
          Metric.gauge(
              "process_resident_memory_bytes", "bytes", "Memory of the daemon, without neard"));
  static final Metric OPEN_FILES =
      row(Metric.gauge("process_open_fds", "files", "Open file descriptors of the daemon"));
  static final Metric MEMORY_USED =
      row(
          Metric.gauge("jvm_memory_used_bytes", "bytes", "Memory in use")
              .by("area", "heap", "nonheap"));
  static final Metric HEAP_MAX =
      row(
          Metric.gauge("jvm_memory_max_bytes", "bytes", "The most that there may be")
              .by("area", "heap"));
  static final Metric GC_SECONDS =
      row(
          Metric.counter("jvm_gc_seconds_total", "seconds", "Time spent collecting garbage")
              .by("gc"));
  static final Metric GC_COUNT =
      row(
          Metric.counter("jvm_gc_collections_total", "collections", "Garbage collections")
              .by("gc"));
  static final Metric THREADS = row(Metric.gauge("jvm_threads_current", "threads", "Live threads"));

  /** All of them, in the order in which they are documented. */
  public static final List<Metric> ALL = List.copyOf(ROWS);

  private Names() {}

  private static Metric row(Metric metric) {
    ROWS.add(metric);
    return metric;
  }
}

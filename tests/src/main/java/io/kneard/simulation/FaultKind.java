package io.kneard.simulation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What can go wrong. */
enum FaultKind {
  DAEMON_FROZEN("the daemon is frozen", true),
  DAEMON_KILLED("the daemon is killed", false),
  FENCE_FROZEN("the fence is frozen", true),
  FENCE_KILLED("the fence is killed", false),
  NEARD_FROZEN("neard is frozen", true),
  NEARD_KILLED("neard is killed", false),
  NEARD_HANGS("neard accepts and never answers", true),
  NEARD_BEHIND("neard is not in sync", true),
  NEARD_SLOW("neard takes long for everything", true),
  NEARD_DEAF("neard ignores SIGTERM and SIGHUP", true),
  WONT_START("neard ends right after its start", true),
  DISK_STALLS("neard's disk stalls", true),
  DISK_FULL("the disks are full", true),
  SLUGGISH("every process waits up to 100 ms for the processor", true),
  HOST_SUSPENDED("the host is suspended, its uptime goes on", true),
  HOST_STOPPED("the host is stopped, its uptime too", true),
  WALL_SET("the wall clock is set", false),
  POWER_LOST("the host loses power", true),
  CUT_UP("requests to the store are lost", true),
  CUT_DOWN("answers of the store are lost", true),
  CUT_BOTH("the host is cut off from the store", true),
  CUT_ONE_WAY("what the host sends to one other host is lost", true),
  CUT_PAIR("nothing passes between the host and one other host", true),
  LOSSY("half of the messages to and from the store are lost", true),
  SLOW_NETWORK("messages to and from the store take up to 2 s", true),
  LATE("requests arrive late and twice", true),
  AGENT_DOWN("the host's Consul agent, or its node of the database, is down", true),
  AGENT_LEAVES("the host's Consul agent, or its node of the database, leaves in order", true),
  NO_LEADER("the store has no leader", true),
  LOCK_FORGOTTEN("the database forgets the lock", false),
  SESSIONS_DELETED("somebody deletes the host's sessions, or all, from the database", false),
  DATABASE_SET_BACK("all daemons are stopped, the database set back, all are started", false),
  STOP_REQUESTED("the daemon is asked to stop, and started again", false),
  PAUSE_REQUESTED("the operator pauses the host", true),
  SWITCHOVER("the operator wants another host to sign", false),
  PLANNED_STOP("neard stops as planned", false);

  /** With Consul no host talks to another, and its servers are elsewhere. */
  private static final Set<FaultKind> DATABASES_OWN =
      EnumSet.of(CUT_ONE_WAY, CUT_PAIR, LOCK_FORGOTTEN, SESSIONS_DELETED, DATABASE_SET_BACK);

  final String text;

  /** Whether it lasts. */
  final boolean lasts;

  /** Those that there are with these settings. */
  static List<FaultKind> with(Config config) {
    return Arrays.stream(values())
        .filter(kind -> !DATABASES_OWN.contains(kind) || config.embedded())
        .toList();
  }

  FaultKind(String text, boolean lasts) {
    this.text = text;
    this.lasts = lasts;
  }
}

package io.kneard.chaos;

import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Signals;
import java.io.IOException;
import java.util.OptionalLong;

/** Makes one thing go wrong on a host, and says how it is undone. */
final class Mischief {

  /** Puts something right again. */
  interface Cure {
    /** Nothing has to be undone. */
    Cure NONE = () -> {};

    void apply() throws IOException, InterruptedException;
  }

  private final Cluster cluster;

  Mischief(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Whether it can be done here at all. */
  boolean can(Kind kind) {
    return switch (kind) {
      case CUT_ONE_WAY, CUT_PAIR, CUT_OFF -> cluster.lan.cuts();
      case CUT_FROM_CONSUL -> !cluster.lan.cuts() && cluster.backend == Backend.CONSUL;
      case CONSUL_KILLED, CONSUL_STOPPED -> cluster.backend == Backend.CONSUL;
      case NODE_KILLED, NODE_STOPPED -> cluster.backend == Backend.EMBEDDED;
      case SLOW_NETWORK -> cluster.lan.slows();
      case HOME_FULL, RUNTIME_FULL -> !cluster.homes.isEmpty();
      default -> true;
    };
  }

  /**
   * What has to be left alone as long as it lasts. A fence that stands still is no harm, and
   * neither is its daemon; both together are what no program on the host can prevent.
   */
  static String touches(Kind kind) {
    return switch (kind) {
      case DAEMON_KILLED, DAEMON_STOPPED, FENCE_STOPPED -> "daemon";
      case CUT_ONE_WAY, CUT_PAIR, CUT_OFF, CUT_FROM_CONSUL -> "cable";
      case CONSUL_KILLED, CONSUL_STOPPED -> "Consul";
      case NODE_KILLED, NODE_STOPPED -> "node";
      default -> kind.text;
    };
  }

  Cure strike(Kind kind, int host, int other) throws IOException, InterruptedException {
    HostProcess at = cluster.hosts.get(host);
    return switch (kind) {
      case DAEMON_KILLED -> {
        at.daemon().kill();
        yield Cure.NONE;
      }
      case DAEMON_STOPPED -> stop(OptionalLong.of(at.daemon().pid()));
      case FENCE_KILLED -> kill(cluster.fence(host));
      case FENCE_STOPPED -> stop(cluster.fence(host));
      case NEARD_KILLED -> kill(cluster.neard(host));
      case NEARD_STOPPED -> stop(cluster.neard(host));
      case CONSUL_KILLED -> {
        cluster.consuls.get(host).kill();
        yield () -> cluster.consuls.get(host).launch();
      }
      case CONSUL_STOPPED -> {
        cluster.consuls.get(host).freeze();
        yield () -> cluster.consuls.get(host).thaw();
      }
      case NODE_KILLED -> kill(Database.node(at.daemon().pid()));
      case NODE_STOPPED -> stop(Database.node(at.daemon().pid()));
      case CUT_ONE_WAY -> cut(host, other);
      case CUT_PAIR -> {
        Cure there = cut(host, other);
        Cure back = cut(other, host);
        yield () -> {
          there.apply();
          back.apply();
        };
      }
      case CUT_OFF -> cutOff(host);
      case CUT_FROM_CONSUL -> {
        at.consul().cut();
        yield () -> at.consul().heal();
      }
      case SLOW_NETWORK -> {
        cluster.lan.slow(host, 200, 20);
        yield () -> cluster.lan.hasten(host);
      }
      case HOME_FULL -> fill(cluster.homes.get(host));
      case RUNTIME_FULL -> fill(cluster.runtimes.get(host));
      case RELOAD, PAUSE, MAINTENANCE, SWITCHOVER ->
          throw new IllegalArgumentException(kind + " is for the operator");
    };
  }

  private static Cure kill(OptionalLong pid) {
    pid.ifPresent(each -> Signals.send("KILL", each));
    return Cure.NONE;
  }

  private static Cure stop(OptionalLong pid) {
    if (pid.isEmpty()) {
      return Cure.NONE;
    }
    Signals.send("STOP", pid.getAsLong());
    return () -> Signals.send("CONT", pid.getAsLong());
  }

  private Cure cut(int from, int to) throws IOException, InterruptedException {
    cluster.lan.cut(from, to);
    return () -> cluster.lan.heal(from, to);
  }

  private Cure cutOff(int host) throws IOException, InterruptedException {
    for (int each = 0; each < Cluster.HOSTS; each++) {
      if (each != host) {
        cluster.lan.cut(host, each);
        cluster.lan.cut(each, host);
      }
    }
    return () -> {
      for (int each = 0; each < Cluster.HOSTS; each++) {
        if (each != host) {
          cluster.lan.heal(host, each);
          cluster.lan.heal(each, host);
        }
      }
    };
  }

  private static Cure fill(Disk disk) throws IOException {
    disk.fill();
    return disk::empty;
  }
}

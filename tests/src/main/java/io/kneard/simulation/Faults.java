package io.kneard.simulation;

import io.kneard.lock.Handover;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Rules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the faults of a schedule happen. */
final class Faults {

  /** A fault that waits for a point to be reached often enough. */
  private static final class Armed {
    final Fault fault;
    int left;

    Armed(Fault fault) {
      this.fault = fault;
      this.left = fault.occurrence();
    }
  }

  private final World world;
  private final List<Fault> timed = new ArrayList<>();
  private final Map<Point, List<Armed>> armed = new EnumMap<>(Point.class);
  private long leaderlessUntil;

  Faults(World world, List<Fault> faults) {
    this.world = world;
    for (Fault fault : faults) {
      if (fault.point() == null) {
        timed.add(fault);
      } else {
        armed.computeIfAbsent(fault.point(), point -> new ArrayList<>()).add(new Armed(fault));
      }
    }
  }

  void begin() {
    for (Fault fault : timed) {
      world.time.at(fault.at(), null, () -> strike(fault, world.hosts[fault.host()]));
    }
  }

  /**
   * A point is reached.
   *
   * @return whether a fault has struck right now
   */
  boolean reached(Point point, Host host) {
    List<Armed> here = armed.get(point);
    if (here == null) {
      return false;
    }
    boolean struck = false;
    for (Armed each : here) {
      Fault fault = each.fault;
      boolean counts = fault.where() == Fault.ANYWHERE || fault.where() == host.index;
      if (counts && --each.left == 0) {
        Host target = fault.host() == Fault.HERE ? host : world.hosts[fault.host()];
        if (fault.at() == 0) {
          strike(fault, target);
          struck = true;
        } else {
          world.time.at(world.time.now() + fault.at(), null, () -> strike(fault, target));
        }
      }
    }
    return struck;
  }

  private void strike(Fault fault, Host host) {
    long now = world.time.now();
    if (now >= world.setup.calmFrom()) {
      return;
    }
    long end = Math.min(now + fault.length(), world.setup.calmFrom());
    if (world.tracing()) {
      world.say(
          host,
          "FAULT: " + fault.kind().text + (fault.kind().lasts ? ", until " + Times.text(end) : ""));
    }
    world.time.note(fault.kind().name().hashCode());
    host.suffer(fault.kind(), end);
    switch (fault.kind()) {
      case DAEMON_FROZEN -> {
        if (host.daemon != null) {
          host.daemon.freeze(end);
        }
      }
      case DAEMON_KILLED -> {
        if (host.daemon != null && !host.daemon.dead()) {
          host.daemon.die();
          world.checker.look();
          world.restart(host, world.chance.scaled(100 * Times.MILLI, 5 * Times.SECOND));
        }
      }
      case FENCE_FROZEN -> host.fences.forEach(fence -> fence.freeze(end));
      case FENCE_KILLED -> List.copyOf(host.fences).forEach(Actor::die);
      case NEARD_FROZEN -> host.neards.forEach(neard -> neard.freeze(end));
      case NEARD_KILLED -> host.neards.forEach(Neard::kill);
      case HOST_SUSPENDED -> {
        host.suspend(end);
        nodeMayFail(host);
      }
      case HOST_STOPPED -> stop(host, end, fault.extra());
      case WALL_SET -> host.setWall(fault.extra());
      case POWER_LOST -> {
        host.loseEverything();
        host.clock.boot(end);
        world.restart(host, end - now);
        nodeMayFail(host);
      }
      case CUT_ONE_WAY -> host.cutFrom(other(fault), end);
      case CUT_PAIR -> {
        host.cutFrom(other(fault), end);
        other(fault).cutFrom(host, end);
      }
      case CUT_UP, CUT_DOWN, CUT_BOTH, AGENT_DOWN -> nodeMayFail(host);
      case AGENT_LEAVES -> {
        host.suffer(FaultKind.AGENT_DOWN, end);
        if (world.store.leads() && world.measures.agentsLeave()) {
          world.store.nodeLeft(host);
        }
      }
      case NO_LEADER -> loseLeader(end);
      case LOCK_FORGOTTEN -> world.store.forget(fault.extra() == 0);
      case SESSIONS_DELETED -> {
        if (world.measures.sessionsAreDeleted()) {
          world.store.deleteSessions(fault.extra() == 0 ? Optional.empty() : Optional.of(host));
        }
      }
      case DATABASE_SET_BACK -> setBack();
      case STOP_REQUESTED -> ask(host, new Event.StopRequested("the operator"));
      case PAUSE_REQUESTED -> {
        ask(host, new Event.PauseRequested(true));
        world.time.at(end, null, () -> ask(host, new Event.PauseRequested(false)));
      }
      case SWITCHOVER -> {
        Host to = other(fault);
        Optional<Handover> wish =
            to == host ? Optional.empty() : Optional.of(new Handover(to.name, Rules.HANDOVER));
        ask(host, new Event.SwitchoverRequested(wish));
      }
      case PLANNED_STOP -> planStop(host, fault.extra());
      case NEARD_HANGS,
          NEARD_BEHIND,
          NEARD_SLOW,
          NEARD_DEAF,
          WONT_START,
          DISK_STALLS,
          DISK_FULL,
          SLUGGISH,
          LOSSY,
          SLOW_NETWORK,
          LATE -> {}
    }
    world.store.changed();
    if (fault.kind().lasts) {
      world.time.at(end, null, world.store::changed);
    }
  }

  /** The other host that a fault is about. */
  private Host other(Fault fault) {
    return world.hosts[(int) fault.extra() % world.hosts.length];
  }

  private void stop(Host host, long end, long wallAfter) {
    if (host.suspended()) {
      return;
    }
    long now = world.time.now();
    long lost = end - now;
    host.suspend(end);
    nodeMayFail(host);
    world.time.at(end, null, () -> host.clock.lose(lost));
    long leaseOver = end + world.setup.timing(host.index).killAfter().toNanos() + Checker.REACTION;
    long seenAt = end + wallAfter;
    if (wallAfter < 0 || seenAt >= world.setup.calmFrom()) {
      seenAt = leaseOver; // never
    } else {
      world.time.at(seenAt, null, () -> host.setWall(lost / Times.MILLI));
    }
    host.standstills.add(now, lost, seenAt, leaseOver);
    world.time.at(Math.max(now, host.standstills.unseenUntil()), null, world.checker::look);
  }

  /** After some seconds without a word from its agent the cluster takes the node for failed. */
  private void nodeMayFail(Host host) {
    if (!world.setup.terms().checked()) {
      return;
    }
    long at = world.time.now() + world.chance.between(6700 * Times.MILLI, 15 * Times.SECOND);
    world.time.at(
        at,
        null,
        () -> {
          boolean silent =
              host.suspended()
                  || host.has(FaultKind.CUT_UP)
                  || host.has(FaultKind.CUT_DOWN)
                  || host.has(FaultKind.CUT_BOTH)
                  || host.has(FaultKind.AGENT_DOWN)
                  || host.has(FaultKind.POWER_LOST);
          if (silent && world.store.leads()) {
            world.store.nodeFailed(host);
          }
        });
  }

  /**
   * A state of an earlier day may say that the lock is free, so nobody may sign meanwhile. A host
   * that is suspended cannot be stopped, and whoever does this waits for it.
   */
  private void setBack() {
    for (Host host : world.hosts) {
      if (host.suspended()) {
        return;
      }
    }
    for (Host host : world.hosts) {
      boolean signs = host.neards.stream().anyMatch(Neard::keyLive);
      if (!signs || world.measures.setBackWhileNobodySigns()) {
        host.stopEverything();
        long soon = world.chance.scaled(100 * Times.MILLI, 5 * Times.SECOND);
        world.restart(host, soon + host.until(FaultKind.POWER_LOST));
      }
    }
    world.store.setBack();
  }

  private void loseLeader(long end) {
    leaderlessUntil = Math.max(leaderlessUntil, end);
    if (world.store.leads()) {
      world.store.loseLeader();
    }
    world.time.at(
        end,
        null,
        () -> {
          if (!world.store.leads() && world.time.now() >= leaderlessUntil) {
            world.store.electLeader();
          }
        });
  }

  private static void ask(Host host, Event event) {
    if (host.daemon != null && !host.daemon.dead()) {
      host.daemon.ask(event);
    }
  }

  /** The operator plans a stop; neard carries it out by itself when it gets there. */
  private void planStop(Host host, long after) {
    long height = (world.time.now() + after) / Times.SECOND;
    ask(host, new Event.StopPlanned(Optional.of(height), false, "planned"));
    int number = ++host.plannedStop;
    for (Neard neard : host.neards) {
      neard.later(
          after,
          () -> {
            if (host.plannedStop == number) {
              neard.exit(0);
            }
          });
    }
  }
}

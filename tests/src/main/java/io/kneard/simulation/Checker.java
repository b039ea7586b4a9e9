package io.kneard.simulation;

import io.kneard.supervisor.Key;
import io.kneard.supervisor.Role;
import io.kneard.supervisor.State;
import io.kneard.supervisor.Supervision;
import java.util.ArrayList;
import java.util.List;

/** Sees what truly happens, and judges it. */
final class Checker {
  /**
   * How long a process may live on after somebody who could not act can act again: a tick of the
   * fence or two turns of the loop, and what a sluggish processor adds.
   */
  static final long REACTION = 500 * Times.MILLI;

  /** A view of neard that is older than this is no reason to promote. */
  private static final long SYNC_KNOWN = 4 * Times.SECOND;

  private enum Signing {
    ONE,
    EXCUSED,
    TWO
  }

  private final World world;
  private final List<Neard> live = new ArrayList<>(4);
  private Signing signing = Signing.ONE;
  private long since;
  private Property violated;
  private String where;
  private String detail;
  private int overlaps;
  private long overlap;
  private long longest;
  private int excused;
  private long longestExcused;
  private long recoveredAt = -1;

  Checker(World world) {
    this.world = world;
  }

  void begin() {
    long calm = world.setup.calmFrom();
    world.time.at(calm, null, this::calm);
    world.time.at(calm + world.setup.recovery(), null, this::mustSign);
  }

  private void calm() {
    if (world.tracing()) {
      world.say("world", "every fault has healed");
    }
    recoveredAt = live.isEmpty() ? -1 : world.time.now();
  }

  private void mustSign() {
    if (live.isEmpty() || recoveredAt < 0) {
      violation(
          null,
          Property.SOMEBODY_SIGNS,
          "for %s".formatted(Times.text(world.time.now() - world.setup.calmFrom())));
    }
  }

  /** A neard took its key, lost it or died. */
  void keyMoved(Neard neard) {
    if (neard.keyLive()) {
      live.add(neard);
      if (!neard.fence.hasDeadline() && !neard.fence.dead() && !neard.killed()) {
        violation(neard.host, Property.DEADLINE_WITH_KEY, "at the moment it takes the key");
      }
    } else {
      live.remove(neard);
    }
    if (world.tracing()) {
      world.say(neard.host, neard.keyLive() ? "neard SIGNS" : "neard signs no more");
    }
    boolean calm = world.time.now() >= world.setup.calmFrom();
    if (calm && live.isEmpty()) {
      recoveredAt = -1;
      if (world.time.now() > world.setup.calmFrom() + world.setup.recovery()) {
        violation(neard.host, Property.SOMEBODY_SIGNS, "it stopped in the calm");
      }
    } else if (calm && recoveredAt < 0) {
      recoveredAt = world.time.now();
    }
    look();
  }

  /** Judges who signs now; called whenever that, or who can see it, may have changed. */
  void look() {
    for (Host host : world.hosts) {
      host.neards.forEach(this::watchBlindness);
    }
    int able = 0;
    int holders = 0;
    boolean allowed = true;
    for (int i = 0; i < live.size(); i++) {
      Neard neard = live.get(i);
      if (!neard.host.suspended()) {
        boolean holds = world.store.holder() == neard.host;
        able++;
        holders += holds ? 1 : 0;
        allowed &= excused(neard) || (holds && holders == 1);
      }
    }
    Signing now = able < 2 ? Signing.ONE : allowed ? Signing.EXCUSED : Signing.TWO;
    if (now != signing) {
      changed(now);
    }
  }

  private void changed(Signing now) {
    long length = world.time.now() - since;
    if (signing == Signing.TWO) {
      overlap += length;
      longest = Math.max(longest, length);
    } else if (signing == Signing.EXCUSED) {
      longestExcused = Math.max(longestExcused, length);
    }
    signing = now;
    since = world.time.now();
    if (now == Signing.TWO) {
      overlaps++;
      violation(null, Property.ONE_SIGNER, names());
    } else if (now == Signing.EXCUSED) {
      excused++;
      if (world.tracing()) {
        world.say("world", "two sign, because nobody can see or act: " + names());
      }
    }
  }

  private String names() {
    StringBuilder text = new StringBuilder();
    live.forEach(neard -> text.append(text.isEmpty() ? "" : " and ").append(neard.host.name));
    return text.toString();
  }

  private void watchBlindness(Neard neard) {
    long now = world.time.now();
    if (neard.host.suspended() || neard.fence.blind()) {
      neard.blindSince = neard.blindSince < 0 ? now : neard.blindSince;
    } else if (neard.blindSince >= 0) {
      neard.excusedUntil = now + Math.min(REACTION, now - neard.blindSince);
      neard.blindSince = -1;
      world.time.at(neard.excusedUntil, null, this::look);
    }
  }

  /** Whether nobody on the host can, or a moment ago could, see or act. */
  private boolean excused(Neard neard) {
    long now = world.time.now();
    return neard.blindSince >= 0
        || neard.excusedUntil > now
        || neard.host.clockExcusedUntil > now
        || (neard.host.clockBehindUntil > now && neard.fence.frozen());
  }

  void releases(Host host, String session) {
    for (Neard neard : host.neards) {
      if (neard.keyLive()) {
        violation(host, Property.RELEASE_AFTER_KEY, "session " + session);
      }
    }
  }

  void starts(Neard neard) {
    if (world.tracing()) {
      world.say(neard.host, "neard starts as " + neard.role);
    }
    readsHome(neard);
  }

  void readsHome(Neard neard) {
    if (neard.role == Role.STANDBY && neard.host.keyFile) {
      violation(neard.host, Property.KEY_NOT_IN_A_STANDBY, "");
    }
  }

  void decided(Host host, Supervision before, Supervision after) {
    if (before.state() != after.state()) {
      world.time.note(host.index * 31L + after.state().name().hashCode());
      if (world.tracing()) {
        world.say(host, before.state() + " -> " + after.state() + ": " + after.why());
      }
      if (!before.state().mayBecome(after.state())) {
        violation(host, Property.TABLE_OF_MOVES, before.state() + " -> " + after.state());
      }
      if (after.state() == State.VALIDATING) {
        world.faults.reached(Point.VALIDATING, host);
      } else if (before.state() == State.VALIDATING) {
        world.faults.reached(Point.LEFT_VALIDATING, host);
      }
    }
    if (before.key() instanceof Key.Settling && after.key() instanceof Key.GoingIn) {
      long behind = host.behindFor();
      if (behind > SYNC_KNOWN) {
        violation(host, Property.SYNCED_WHEN_PROMOTED, "behind for " + Times.text(behind));
      }
    }
  }

  void violation(Host host, Property property, String text) {
    if (world.tracing()) {
      world.say("world", "VIOLATION: %s: %s", property.text, text);
    }
    if (violated == null) {
      violated = property;
      where = host == null ? null : host.name;
      detail = text;
    }
    if (world.setup.config != Config.ORIGINAL) {
      world.time.end();
    }
  }

  Outcome outcome() {
    changed(Signing.ONE);
    long recovery = recoveredAt < 0 ? -1 : recoveredAt - world.setup.calmFrom();
    return new Outcome(
        violated,
        where,
        detail,
        overlaps,
        overlap,
        longest,
        excused,
        longestExcused,
        recovery,
        world.time.count(),
        world.time.hash());
  }
}

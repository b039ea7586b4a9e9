package io.kneard.simulation;

import io.kneard.supervisor.Key;
import io.kneard.supervisor.Role;
import io.kneard.supervisor.State;
import io.kneard.supervisor.Supervision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sees what truly happens, and judges it. */
final class Checker {
  /**
   * How long a process may live on after its fence, which could not act, can act again: a tick, and
   * what a sluggish processor adds.
   */
  static final long REACTION = 500 * Times.MILLI;

  /** The same where only the daemon can act: its loop may wait for a second before it looks. */
  private static final long LOOP_REACTION = Times.SECOND + REACTION;

  /** With a service manager, how long fence and daemon can be frozen before it ends both. */
  private static final long FROZEN_AND_MANAGED = ServiceManager.PATIENCE + REACTION;

  /** A view of neard that is older than this is no reason to promote. */
  private static final long SYNC_KNOWN = 4 * Times.SECOND;

  private enum Signing {
    ONE,
    TWO,
    TWO_AFTER_SUSPENSION,
    TWO_WHILE_FROZEN
  }

  private final World world;
  private final List<Neard> live = new ArrayList<>(4);
  private final Map<Signing, Overlaps> overlaps = new EnumMap<>(Signing.class);
  private Signing signing = Signing.ONE;
  private long since;
  private Property violated;
  private String detail;
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
      if (!neard.killed() && neard.fence != null && !neard.fence.guards()) {
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
    Signing kind = Signing.TWO_WHILE_FROZEN;
    for (int i = 0; i < live.size(); i++) {
      Neard neard = live.get(i);
      if (!neard.host.suspended()) {
        able++;
        boolean holds = world.keeper() == neard.host && ++holders == 1;
        kind = holds ? kind : worse(kind, excuse(neard));
      }
    }
    Signing now = able < 2 ? Signing.ONE : kind;
    if (now != signing) {
      changed(now);
    }
  }

  private static Signing worse(Signing one, Signing other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void changed(Signing now) {
    if (signing != Signing.ONE) {
      Overlaps before = overlaps.getOrDefault(signing, Overlaps.NONE);
      overlaps.put(signing, before.and(world.time.now() - since));
    }
    signing = now;
    since = world.time.now();
    if (now == Signing.TWO) {
      violation(null, Property.ONE_SIGNER, names());
    } else if (now != Signing.ONE && world.tracing()) {
      world.say("world", "two sign, because nobody can see or act: " + names());
    }
  }

  private String names() {
    StringBuilder text = new StringBuilder();
    live.forEach(neard -> text.append(text.isEmpty() ? "" : " and ").append(neard.host.name));
    return text.toString();
  }

  private void watchBlindness(Neard neard) {
    long now = world.time.now();
    boolean suspended = neard.host.suspended();
    if (!neard.unwatched()) {
      if (neard.blindSince >= 0) {
        neard.blindFor = Math.max(now - neard.blindSince, neard.blindOwed);
        neard.blindUntil = now;
        neard.blindSince = -1;
        lookAt(excusedUntil(neard));
      }
    } else if (neard.blindSince < 0 || neard.blindBySuspension != suspended) {
      if (neard.blindSince < 0) {
        neard.blindOwed = Math.max(0, excusedUntil(neard) - now);
        neard.blindSince = now;
      }
      neard.blindThisWaySince = now;
      neard.blindBySuspension = suspended;
      lookAt(now + FROZEN_AND_MANAGED);
    }
  }

  private void lookAt(long time) {
    world.time.at(time, null, this::look);
  }

  /** Whether nobody on the host can, or a moment ago could, see or act; and why. */
  private Signing excuse(Neard neard) {
    long now = world.time.now();
    long fenceLooks = neard.fence == null ? 0 : neard.fence.frozenUntil() + REACTION;
    if (neard.host.standstills.excuse(now, now >= fenceLooks)) {
      if (fenceLooks > now) {
        lookAt(fenceLooks);
      }
      return Signing.TWO_AFTER_SUSPENSION;
    }
    return blind(neard, now)
        ? neard.blindBySuspension ? Signing.TWO_AFTER_SUSPENSION : Signing.TWO_WHILE_FROZEN
        : Signing.TWO;
  }

  private boolean blind(Neard neard, long now) {
    if (neard.blindSince < 0) {
      return now < excusedUntil(neard);
    }
    return neard.blindBySuspension
        || !world.setup.managed
        || now < neard.blindThisWaySince + FROZEN_AND_MANAGED;
  }

  /** Until when whoever sees again first, daemon or fence, may need to act on what it sees. */
  private static long excusedUntil(Neard neard) {
    long daemon = neard.blindUntil + Math.min(LOOP_REACTION, neard.blindFor);
    if (neard.fence == null) {
      return daemon;
    }
    long fenceSees = Math.max(neard.blindUntil, neard.fence.frozenUntil());
    return Math.min(daemon, fenceSees + Math.min(REACTION, neard.blindFor));
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
      detail = (host == null ? "" : host.name + ": ") + property.text + ": " + text;
    }
    if (world.setup.config != Config.ORIGINAL) {
      world.time.end();
    }
  }

  Outcome outcome() {
    changed(Signing.ONE);
    return new Outcome(
        violated,
        detail,
        overlaps.getOrDefault(Signing.TWO, Overlaps.NONE),
        overlaps.getOrDefault(Signing.TWO_AFTER_SUSPENSION, Overlaps.NONE),
        overlaps.getOrDefault(Signing.TWO_WHILE_FROZEN, Overlaps.NONE),
        recoveredAt < 0 ? -1 : recoveredAt - world.setup.calmFrom(),
        world.time.count(),
        world.time.hash());
  }
}

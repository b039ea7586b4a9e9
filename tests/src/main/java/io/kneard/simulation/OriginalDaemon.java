package io.kneard.simulation;

import io.kneard.simulation.ConsulModel.Answer;
import io.kneard.simulation.ConsulModel.Value;
import io.kneard.supervisor.Event;
import io.kneard.supervisor.Role;
import java.util.Optional;

/**
 * The algorithm of the original, for comparison: a session with the default node check and without
 * lock delay, a step-down 25 s after entering Validating or after the last answered renewal, no
 * fence, and a session that is neither kept nor given back after three failed requests of {@code
 * /status}. Where more is not known of it, the safer way is taken: it stops its neard with SIGKILL,
 * and its neard dies with it.
 */
final class OriginalDaemon extends DaemonProcess {
  private static final long TTL = 30 * Times.SECOND;
  private static final long STEP_DOWN = 25 * Times.SECOND;
  private static final long RENEW = 10 * Times.SECOND;
  private static final long TIMEOUT = 10 * Times.SECOND;
  private static final int FAILURES = 3;

  static final ConsulModel.Terms TERMS = new ConsulModel.Terms(TTL, 0, true, true);

  private enum Phase {
    STARTUP,
    SYNCING,
    REGISTERING,
    VOTING,
    VALIDATING
  }

  private Phase phase = Phase.STARTUP;
  private Neard neard;
  private String session;
  private int failures;
  private int stepDown;
  private boolean acquiring;
  private Role wanted;
  private boolean changing;

  OriginalDaemon(World world, Host host) {
    super(world, host);
  }

  @Override
  void begin() {
    restart(Role.STANDBY);
    later(0, this::watchNeard);
    later(0, this::keepSession);
  }

  @Override
  void ask(Event wish) {
    // It has neither pauses nor handovers; a stop is as good as its end.
    if (wish instanceof Event.StopRequested) {
      later(
          host.latency(),
          () -> {
            die();
            world.restart(host, Times.SECOND);
          });
    }
  }

  private void enter(Phase next) {
    if (world.tracing()) {
      world.say(host, phase + " -> " + next);
    }
    phase = next;
    failures = 0;
  }

  private void restart(Role role) {
    wanted = role;
    if (changing) {
      return;
    }
    changing = true;
    Neard old = neard;
    neard = null;
    if (old == null) {
      later(host.latency(), () -> start(wanted));
    } else {
      old.whenDead(() -> later(host.latency(), () -> start(wanted)));
      old.kill();
    }
  }

  private void start(Role role) {
    changing = false;
    host.keyFile = role == Role.VALIDATOR;
    neard = new Neard(world, host, null, role);
    neard.begin();
    Neard mine = neard;
    mine.whenDead(
        () ->
            later(
                host.latency(),
                () -> {
                  if (neard == mine) {
                    neard = null;
                    backToStartup();
                  }
                }));
  }

  /** The session is left to itself: the lock stays taken until it expires. */
  private void backToStartup() {
    session = null;
    enter(Phase.STARTUP);
    restart(Role.STANDBY);
  }

  private void watchNeard() {
    Neard asked = neard;
    boolean answers =
        asked != null
            && asked.listens()
            && !asked.stopped()
            && !host.has(FaultKind.NEARD_HANGS)
            && !host.has(FaultKind.NEARD_SLOW);
    if (asked == null) {
      later(Times.SECOND, this::watchNeard);
    } else if (answers) {
      answered(asked.syncing());
      later(Times.SECOND, this::watchNeard);
    } else {
      if (phase != Phase.STARTUP && ++failures >= FAILURES) {
        backToStartup();
      }
      later(2 * Times.SECOND, this::watchNeard);
    }
  }

  private void answered(boolean syncing) {
    failures = 0;
    if (phase == Phase.STARTUP) {
      enter(Phase.SYNCING);
    } else if (phase == Phase.SYNCING && !syncing) {
      enter(Phase.REGISTERING);
    } else if ((phase == Phase.REGISTERING || phase == Phase.VOTING) && syncing) {
      enter(Phase.SYNCING);
    }
  }

  private void keepSession() {
    if (phase == Phase.REGISTERING) {
      host.link.call(
          this,
          TIMEOUT,
          store -> store.create(host, TERMS),
          id -> {
            if (id != null && phase == Phase.REGISTERING) {
              session = id;
              enter(Phase.VOTING);
              later(0, this::takeLock);
            }
            later(Times.SECOND, this::keepSession);
          });
    } else if (session != null) {
      String mine = session;
      host.link.call(this, TIMEOUT, store -> store.renew(mine), answer -> renewed(mine, answer));
    } else {
      later(Times.SECOND, this::keepSession);
    }
  }

  private void renewed(String which, Boolean answer) {
    later(answer == null ? Times.SECOND : RENEW, this::keepSession);
    if (!which.equals(session) || answer == null) {
      return;
    }
    if (answer) {
      if (phase == Phase.VALIDATING) {
        startStepDownClock();
      }
    } else {
      session = null;
      if (phase == Phase.VALIDATING) {
        restart(Role.STANDBY);
      }
      enter(Phase.REGISTERING);
    }
  }

  private void takeLock() {
    if (phase != Phase.VOTING || acquiring) {
      return;
    }
    String mine = session;
    acquiring = true;
    host.link.call(
        this,
        TIMEOUT,
        store ->
            store.acquire(
                mine, new Value(host.name, true, false, Optional.empty(), Optional.empty())),
        answer -> {
          acquiring = false;
          if (answer == Answer.YES && phase == Phase.VOTING && mine.equals(session)) {
            enter(Phase.VALIDATING);
            startStepDownClock();
            restart(Role.VALIDATOR);
          } else {
            later(Times.SECOND, this::takeLock);
          }
        });
  }

  private void startStepDownClock() {
    int mine = ++stepDown;
    later(
        STEP_DOWN,
        () -> {
          if (mine == stepDown && phase == Phase.VALIDATING) {
            enter(Phase.VOTING);
            restart(Role.STANDBY);
            later(0, this::takeLock);
          }
        });
  }

  @Override
  void vanished() {
    if (neard != null) {
      neard.kill();
    }
  }
}

package io.kneard.simulation;

import io.kneard.supervisor.Role;
import java.util.OptionalLong;

/** A fence process: reads orders, looks at the clocks, and is its neard's parent. */
final class Fence extends Actor {
  private static final long LOCK_WAIT = 10 * Times.SECOND;

  /** What the daemon writes to the fence; {@link #END}: the pipe is closed, the daemon is gone. */
  enum Word {
    DEADLINE,
    HUP,
    TERM,
    KILL,
    END
  }

  /**
   * An order.
   *
   * @param millis its time; {@link FenceRule#NONE} for none
   * @param decidedAt when the daemon decided on it, in milliseconds of uptime
   */
  record Order(Word word, long millis, long decidedAt) {}

  /** What the fence says. */
  enum Saying {
    STARTED,
    DEADLINE,
    KILLED,
    REFUSED,
    EXITED,
    END
  }

  /** A line from the fence. */
  record Line(Saying saying, long number, String text) {}

  final Daemon owner;
  final Role role;
  final Pipe<Order> orders = new Pipe<>(this, this::obey);
  private final Pipe<Line> says;
  private final OptionalLong deadline;
  private FenceRule rule;
  private Neard neard;
  private boolean locked;
  private int alarm;

  Fence(Daemon owner, Role role, OptionalLong deadline, Pipe<Line> says) {
    super(owner.world, owner.host);
    this.owner = owner;
    this.role = role;
    this.deadline = deadline;
    this.says = says;
  }

  void begin() {
    later(
        host.latency() + 5 * Times.MILLI,
        () -> {
          takeLock();
          later(
              LOCK_WAIT,
              () -> {
                if (!locked) {
                  refuse("an earlier neard is still running");
                }
              });
        });
  }

  /** An earlier neard of this home may be gone now. */
  void takeLock() {
    if (locked || dead() || !host.takeHome(this)) {
      return;
    }
    locked = true;
    long now = millis();
    long until = deadline.orElse(FenceRule.NONE);
    rule = new FenceRule(world.measures, until, host.clock.wallOffset());
    if (now >= until) {
      refuse("the deadline had passed before the start");
    } else if (world.faults.reached(Point.FENCE_LOCKED, host)) {
      later(0, this::spawn);
    } else {
      spawn();
    }
  }

  private void refuse(String why) {
    say(Saying.REFUSED, 0, why);
    die();
  }

  private void spawn() {
    neard = new Neard(world, host, this, role);
    neard.begin();
    neard.whenDead(() -> later(world.chance.between(0, FenceRule.TICK), this::reap));
    say(Saying.STARTED, 0, "");
    orders.open();
    arm();
  }

  private void reap() {
    say(Saying.EXITED, neard.status(), "");
    die();
  }

  private void obey(Order order) {
    look();
    switch (order.word()) {
      case DEADLINE -> {
        rule.deadline(world.measures.deadline(order.millis(), order.decidedAt(), millis()));
        say(Saying.DEADLINE, order.millis(), "");
      }
      case HUP -> neard.hangUp();
      case TERM -> {
        rule.term(order.millis());
        neard.terminate();
      }
      case KILL -> kill("as ordered");
      case END -> {
        if (world.measures.fenceActsByItself()) {
          kill("the daemon is gone");
        }
      }
    }
    look();
  }

  /** Looks at the clocks, as the script does ten times a second and around each order. */
  private void look() {
    FenceRule.Kill kill = rule.guard(millis(), host.clock.wallOffset());
    if (kill != FenceRule.Kill.NO) {
      kill(kill.name());
    }
    arm();
  }

  private void kill(String why) {
    rule.killed();
    if (!neard.dead()) {
      if (world.tracing()) {
        world.say(host, "fence: SIGKILL to neard: " + why);
      }
      say(Saying.KILLED, 0, why);
      world.measures.fenceKills(neard);
    }
  }

  /** The next look at which the clock alone would make it act, if nothing comes before. */
  private void arm() {
    long due = rule.due();
    if (due == FenceRule.NONE) {
      return;
    }
    int mine = ++alarm;
    long wait = host.clock.until(due * Times.MILLI, world.time.now());
    later(
        wait + tick(),
        () -> {
          if (mine == alarm) {
            look();
          }
        });
  }

  private long tick() {
    return world.chance.between(1, FenceRule.TICK) + host.latency();
  }

  /** It looks at the clocks ten times a second; now that is worth an event. */
  void looksSoon() {
    if (neard != null) {
      later(tick(), this::look);
    }
  }

  private void say(Saying saying, long number, String text) {
    says.send(new Line(saying, number, text));
  }

  private long millis() {
    long stood = world.measures.fenceClockGoesOn() ? 0 : host.suspendedInAll();
    return (host.uptime() - stood) / Times.MILLI;
  }

  Neard neard() {
    return neard;
  }

  /** Whether it has a deadline, or is gone and its neard with it. */
  boolean guards() {
    return dead() || rule.hasDeadline();
  }

  /** Whether nobody on the host can see now that the process has to end. */
  boolean blind() {
    return frozen() && owner.stopped();
  }

  @Override
  void died() {
    says.send(new Line(Saying.END, 0, ""));
    if (neard != null && !neard.dead() && world.measures.neardDiesWithItsFence()) {
      neard.kill(); // the parent-death signal
    }
    host.homeMayBeFree();
  }
}

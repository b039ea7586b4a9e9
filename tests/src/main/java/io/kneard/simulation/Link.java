package io.kneard.simulation;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The way from a host to the lock store and back. A request may be slow, be lost, arrive long after
 * its sender gave up, or arrive twice; so may its answer be slow or be lost.
 */
final class Link {
  /** Consul's own time-out when it has no leader; longer than the client's. */
  private static final double ANSWERS_500_AT_ONCE = 0.5;

  private static final double HALF = 0.5;

  private final World world;
  private final Host host;

  Link(World world, Host host) {
    this.world = world;
    this.host = host;
  }

  /**
   * One exchange.
   *
   * @param timeout after which the caller gives up
   * @param answer hears the result, or null if there was none
   */
  <T> void call(Actor caller, long timeout, Function<ConsulModel, T> request, Consumer<T> answer) {
    new Exchange<T>(caller, timeout, answer)
        .send((store, done) -> done.accept(request.apply(store)));
  }

  /** A blocking query. */
  void await(
      Actor caller, long timeout, long above, long wait, Consumer<ConsulModel.Reading> answer) {
    new Exchange<ConsulModel.Reading>(caller, timeout, answer)
        .send((store, done) -> store.await(above, wait, done));
  }

  /** What the store does with a request; it may answer later. */
  private interface Request<T> {
    void arrive(ConsulModel store, Consumer<T> done);
  }

  private final class Exchange<T> {
    private final Actor caller;
    private final long givesUpAt;
    private final Consumer<T> answer;

    Exchange(Actor caller, long timeout, Consumer<T> answer) {
      this.caller = caller;
      this.givesUpAt = world.time.now() + host.clock.duration(timeout);
      this.answer = answer;
    }

    void send(Request<T> request) {
      long now = world.time.now();
      if (host.has(FaultKind.AGENT_DOWN)) {
        world.time.at(now + Times.MILLI, caller, () -> answer.accept(null));
        return;
      }
      long arrival = now + way();
      if (lost(FaultKind.CUT_UP)) {
        noAnswer();
        if (host.has(FaultKind.LATE) && world.chance.happens(HALF)) {
          later(request);
        }
        return;
      }
      world.time.at(arrival, null, () -> arrive(request));
      if (host.has(FaultKind.LATE) && world.chance.happens(HALF)) {
        later(request);
      }
    }

    /** The request arrives, or arrives once more, when nobody waits for the answer any longer. */
    private void later(Request<T> request) {
      long latest = world.time.now() + host.until(FaultKind.LATE);
      long at = world.chance.between(Math.min(givesUpAt, latest), latest);
      world.time.at(
          at,
          null,
          () -> {
            if (world.consul.leads()) {
              request.arrive(world.consul, ignored -> {});
            }
          });
    }

    private void arrive(Request<T> request) {
      if (world.consul.leads()) {
        request.arrive(world.consul, this::reply);
      } else if (world.chance.happens(ANSWERS_500_AT_ONCE)) {
        reply(null);
      } else {
        noAnswer();
      }
    }

    private void reply(T result) {
      long arrival = world.time.now() + way();
      if (arrival > givesUpAt || lost(FaultKind.CUT_DOWN)) {
        noAnswer();
      } else {
        world.time.at(arrival, caller, () -> answer.accept(result));
      }
    }

    private void noAnswer() {
      world.time.at(Math.max(givesUpAt, world.time.now()), caller, () -> answer.accept(null));
    }

    private boolean lost(FaultKind cut) {
      return host.has(cut)
          || host.has(FaultKind.CUT_BOTH)
          || (host.has(FaultKind.LOSSY) && world.chance.happens(HALF));
    }

    private long way() {
      return host.has(FaultKind.SLOW_NETWORK)
          ? world.chance.between(0, 2 * Times.SECOND)
          : world.setup.networkTime(world.chance);
    }
  }
}

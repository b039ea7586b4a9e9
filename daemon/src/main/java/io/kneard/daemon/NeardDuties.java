package io.kneard.daemon;

import io.kneard.metrics.Duties;
import io.kneard.neard.NeardMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the validator does, asked from neard's own metrics in the background: a scrape never waits
 * for neard. What neard does not answer is forgotten.
 */
final class NeardDuties implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NeardDuties.class);

  /** The page of a real neard is large, and these numbers move once in a second at most. */
  static final Duration ASK_EVERY = Duration.ofSeconds(15);

  private static final Duration LOOK_WHETHER_TO_ASK = Duration.ofSeconds(1);

  /** A request of neard's {@code /metrics}. */
  interface Request {
    /** Ends in a bounded time. */
    String text() throws IOException;
  }

  private final String account;
  private final BooleanSupplier worthAsking;
  private final Request request;
  private final Duration askEvery;
  private final Thread thread = Threads.daemon(this::keepAsking, "neard-duties");
  private volatile Optional<Duties> latest = Optional.empty();

  /**
   * Starts to ask.
   *
   * @param account the validator's
   * @param worthAsking whether neard answers and is in sync; looked at every second while it does
   *     not
   */
  NeardDuties(String account, BooleanSupplier worthAsking, Request request, Duration askEvery) {
    this.account = account;
    this.worthAsking = worthAsking;
    this.request = request;
    this.askEvery = askEvery;
    thread.start();
  }

  /** As last answered; empty if the last request failed. */
  Optional<Duties> latest() {
    return latest;
  }

  private void keepAsking() {
    while (!Thread.currentThread().isInterrupted()) {
      boolean ask = worthAsking.getAsBoolean();
      latest = ask ? ask() : Optional.empty();
      Threads.rest(ask ? askEvery : LOOK_WHETHER_TO_ASK);
    }
  }

  private Optional<Duties> ask() {
    try {
      NeardMetrics metrics = NeardMetrics.parse(request.text());
      return Optional.of(new Duties(share(metrics, "blocks"), share(metrics, "chunks")));
    } catch (IOException e) {
      LOG.debug("{}", e.toString());
    } catch (RuntimeException e) {
      LOG.warn("neard's metrics could not be read", e);
    }
    return Optional.empty();
  }

  private Duties.Share share(NeardMetrics metrics, String kind) {
    String name = "near_validators_" + kind;
    return new Duties.Share(
        metrics.value(name + "_produced", "account_id", account),
        metrics.value(name + "_expected", "account_id", account));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

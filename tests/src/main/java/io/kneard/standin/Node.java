package io.kneard.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The node itself: one loop that follows the chain, signs, obeys signals and stops. Everything else
 * only reads its {@link View}.
 */
final class Node {
  private static final long TICK_MS = 25;
  private static final int CRASH = 101;

  /** What can arrive from outside. */
  enum Signal {
    RELOAD,
    STOP
  }

  private final Path home;
  private final Chain chain;
  private final LongSupplier clock;
  private final FaultFile faults;
  private final LedgerWriter ledger;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>(64);

  private volatile View view;
  private NodeConfig config;
  private SignerKey key;
  private long reloads = 1;
  private long reloadedAt = System.currentTimeMillis();
  private long signed;

  /**
   * @param key the key it starts with; null for none
   */
  Node(
      Path home,
      Chain chain,
      NodeConfig config,
      SignerKey key,
      FaultFile faults,
      LongSupplier clock,
      LedgerWriter ledger) {
    this.home = home;
    this.chain = chain;
    this.config = config;
    this.faults = faults;
    this.clock = clock;
    this.ledger = ledger;
    long now = clock.getAsLong();
    this.view = new View(chain.heightAt(now), false, null, reloads, reloadedAt, now, false);
    ledger.append("start", null, view.height());
    use(key);
  }

  View view() {
    return view;
  }

  /** A signal too many is dropped: those that wait have the same effect. */
  boolean signal(Signal signal) {
    return signals.offer(signal);
  }

  /** Runs until told to stop; then signs no more, and says so, before it returns. */
  int run() throws InterruptedException {
    while (true) {
      Signal signal = signals.poll(untilNextLook(), TimeUnit.MILLISECONDS);
      faults.look();
      Faults now = faults.current();
      if (signal == Signal.STOP && !now.ignoreSigterm()) {
        return stop("SIGTERM");
      }
      if (signal == Signal.RELOAD && !now.neverReload()) {
        reload();
      }
      advance(now);
      if (now.crash()) {
        System.err.println("thread 'main' panicked, as told");
        Runtime.getRuntime().halt(CRASH);
      }
      if (config.expectedShutdown() != null
          && view.height() >= config.expectedShutdown()
          && !now.ignoreHeight()) {
        return stop("expected_shutdown = " + config.expectedShutdown());
      }
      sign();
    }
  }

  private long untilNextLook() {
    long now = clock.getAsLong();
    long next = chain.timeOf(chain.heightAt(now) + 1) - now;
    return Math.max(1, Math.min(TICK_MS, next));
  }

  private void advance(Faults now) {
    long height = now.loseSync() ? view.height() : chain.heightAt(clock.getAsLong());
    publish(height, now.loseSync(), false);
  }

  /** Signs the newest block, never an older one and never the one at which the key arrived. */
  private void sign() {
    if (key != null && !view.syncing() && view.height() > signed) {
      signed = view.height();
      ledger.append("sign", key.publicKey(), signed);
    }
  }

  private void reload() {
    try {
      NodeConfig read = NodeConfig.read(home, faults.current());
      config = read;
      reloadKey();
      reloads++;
      reloadedAt = System.currentTimeMillis();
      publish(view.height(), view.syncing(), false);
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("config.json is rejected, the old one stays: " + e.getMessage());
    }
  }

  private void reloadKey() throws IOException {
    if (!Files.exists(config.validatorKey())) {
      if (!faults.current().keepKey()) {
        use(null);
      }
      return;
    }
    try {
      use(SignerKey.read(config.validatorKey()));
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("the key is rejected, the old one stays: " + e.getMessage());
    }
  }

  /** The ledger learns of a key before anyone can see it, and of its end likewise. */
  private void use(SignerKey wanted) {
    if (key != null && !key.equals(wanted)) {
      ledger.append("sign-stop", key.publicKey(), view.height());
    }
    if (wanted != null && !wanted.equals(key)) {
      signed = chain.heightAt(clock.getAsLong());
      ledger.append("sign-start", wanted.publicKey(), signed);
    }
    key = wanted;
    publish(view.height(), view.syncing(), false);
  }

  private int stop(String why) throws InterruptedException {
    System.err.println("stopping: " + why);
    use(null);
    publish(view.height(), view.syncing(), true);
    Thread.sleep(faults.current().stopMs());
    ledger.append("exit", null, view.height());
    return 0;
  }

  private void publish(long height, boolean syncing, boolean stopping) {
    view = new View(height, syncing, key, reloads, reloadedAt, view.startedAt(), stopping);
  }
}

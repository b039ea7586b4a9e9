package io.kneard.drbd;

import io.kneard.datamesh.Report;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of one replica: woken by a new assignment and by events, and slowly by itself. */
final class Worker extends Thread {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** A look without a reason, as a net below the events. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Between two tries while something is missing. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** From one report of how far a resync is to the next. */
  private static final long FIGURES_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long HUNG_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final String volume;
  private final Caretaker caretaker;
  private final Reports reports;
  private final LongSupplier nanos;
  private final Lock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private Optional<Assignment> assignment = Optional.empty();
  private Optional<Report> last = Optional.empty();
  private Optional<String> logged = Optional.empty();
  private boolean lastGone;
  private long figuresAt;
  private boolean due;

  Worker(String volume, Caretaker caretaker, Reports reports, LongSupplier nanos) {
    super("drbd-" + volume);
    setDaemon(true);
    this.volume = volume;
    this.caretaker = caretaker;
    this.reports = reports;
    this.nanos = nanos;
  }

  void assign(Assignment now) {
    lock.lock();
    try {
      due |= !assignment.equals(Optional.of(now));
      assignment = Optional.of(now);
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  void look() {
    lock.lock();
    try {
      due = true;
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    try {
      long wait = 0;
      while (!isInterrupted()) {
        Optional<Assignment> now = next(wait);
        wait = now.isEmpty() ? SLOW_NANOS : attendOrRest(now.get());
      }
    } catch (InterruptedException e) {
      LOG.debug("volume {}: its worker stops", volume);
    }
  }

  private Optional<Assignment> next(long waitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = waitNanos;
      while (!due && left > 0) {
        left = news.awaitNanos(left);
      }
      due = false;
      return assignment;
    } finally {
      lock.unlock();
    }
  }

  /** A mistake about one volume is that volume's alone. */
  private long attendOrRest(Assignment now) throws InterruptedException {
    try {
      return attend(now);
    } catch (RuntimeException e) {
      LOG.error("volume {}: a mistake in the care for it", volume, e);
      return HUNG_NANOS;
    }
  }

  /** Says how long to wait before the next look that nobody asks for; nanoseconds. */
  private long attend(Assignment now) throws InterruptedException {
    long begun = nanos.getAsLong();
    Optional<Report> report = caretaker.attend(now, begun).or(this::unseen);
    boolean gone = report.filter(now::gone).isPresent();
    report.ifPresent(seen -> logProblem(seen.problem()));
    if (report.isPresent() && (gone != lastGone || isNews(report.get(), begun))) {
      reports.report(now, report.get());
      figuresAt = begun + FIGURES_NANOS;
      lastGone = gone;
      last = report;
    }
    if (caretaker.hung()) {
      return HUNG_NANOS;
    }
    if (report.filter(Report::configured).isEmpty()) {
      return RETRY_NANOS;
    }
    boolean synced = report.filter(Report::synced).isPresent();
    return synced ? Math.max(RETRY_NANOS, figuresAt - begun) : SLOW_NANOS;
  }

  /** What was last reported may be so no longer, and that is said. */
  private Optional<Report> unseen() {
    if (last.isEmpty()) {
      logProblem(Optional.of(caretaker.unseen()));
    }
    return last.map(report -> report.unseen(caretaker.unseen()));
  }

  /** Whether it is worth a write: how far a resync is, only now and then. */
  private boolean isNews(Report report, long now) {
    if (last.isEmpty() || !report.withoutFigures().equals(last.get().withoutFigures())) {
      return true;
    }
    return !report.equals(last.get()) && now - figuresAt >= 0;
  }

  private void logProblem(Optional<String> problem) {
    if (problem.isPresent() && !problem.equals(logged)) {
      LOG.warn("volume {}: {}", volume, problem.get());
    }
    logged = problem;
  }
}

package io.kneard.daemon;

import io.kneard.supervisor.State;
import io.kneard.supervisor.Supervision;
import io.kneard.supervisor.SupervisorLoop;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tells systemd what the supervisor does (sd_notify(3)): that it runs, a line of text, that it
 * stops, and, as the watchdog's food, that its loop still turns. All of it is sent by the loop
 * itself, so that a loop that hangs sends nothing.
 */
public final class SystemdNotifier implements SupervisorLoop.Witness, AutoCloseable {
  /** A change of height alone is worth a message no more often than this. */
  private static final long TEXT_EVERY = Duration.ofSeconds(5).toNanos();

  /** The watchdog is fed this often per time-out: a message or two may get lost. */
  private static final int MEALS = 4;

  private final Optional<NotifySocket> socket;
  private final Optional<Duration> watchdog;
  private volatile Duration stopWithin;

  private boolean ready;
  private boolean stopping;
  private long fedAt;
  private String text = "";
  private long textAt;

  private SystemdNotifier(
      Optional<NotifySocket> socket, Optional<Duration> watchdog, Duration stopWithin) {
    this.socket = socket;
    this.watchdog = watchdog;
    this.stopWithin = stopWithin;
  }

  /**
   * A notifier for the service manager that the environment names; without effect if it names none.
   *
   * @param environment with NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, each or none
   * @param stopWithin how long an orderly end may take; systemd is asked to wait so long
   */
  public static SystemdNotifier open(Map<String, String> environment, Duration stopWithin) {
    return new SystemdNotifier(NotifySocket.open(environment), watchdog(environment), stopWithin);
  }

  private static Optional<Duration> watchdog(Map<String, String> environment) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    String own = Long.toString(ProcessHandle.current().pid());
    if (!micros.matches("[1-9][0-9]{0,15}")
        || !environment.getOrDefault("WATCHDOG_PID", own).equals(own)) {
      return Optional.empty();
    }
    return Optional.of(Duration.of(Long.parseLong(micros), ChronoUnit.MICROS));
  }

  @Override
  public void decided(Supervision before, Supervision after, long now) {
    List<String> lines = new ArrayList<>();
    if (!ready) {
      ready = true;
      lines.add("READY=1");
    }
    if (after.state() == State.SHUTDOWN && !stopping) {
      stopping = true;
      lines.add("STOPPING=1");
      lines.add("EXTEND_TIMEOUT_USEC=" + TimeUnit.NANOSECONDS.toMicros(stopWithin.toNanos()));
    }
    describe(before, after, now).ifPresent(line -> lines.add("STATUS=" + line));
    if (watchdog.filter(limit -> now - fedAt >= limit.toNanos() / MEALS).isPresent()) {
      fedAt = now;
      lines.add("WATCHDOG=1");
    }
    if (!lines.isEmpty()) {
      send(String.join("\n", lines));
    }
  }

  /** The line to show; empty if it is not worth a message. */
  private Optional<String> describe(Supervision before, Supervision after, long now) {
    boolean moved = text.isEmpty() || before.state() != after.state();
    if (!moved && now - textAt < TEXT_EVERY) {
      return Optional.empty();
    }
    String line = StatusLine.of(after);
    if (line.equals(text)) {
      return Optional.empty();
    }
    text = line;
    textAt = now;
    return Optional.of(line);
  }

  /** Tells systemd that a reload begins, and, however it went, that it has ended. */
  public void whileReloading(Runnable reload) {
    // The clock that systemd wants is the one of nanoTime on Linux: CLOCK_MONOTONIC.
    send("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    try {
      reload.run();
    } finally {
      send("READY=1");
    }
  }

  /** Takes another time for an orderly end into use. */
  public void stopWithin(Duration time) {
    stopWithin = time;
  }

  private void send(String assignments) {
    socket.ifPresent(to -> to.send(assignments));
  }

  @Override
  public void close() {
    socket.ifPresent(NotifySocket::close);
  }
}

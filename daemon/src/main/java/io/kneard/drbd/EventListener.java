package io.kneard.drbd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Listens to {@code drbdsetup events2}. If it ends, or a line is not understood, everything is
 * looked at: nothing depends on a single line.
 */
final class EventListener extends Thread implements Events.Listening {
  private static final List<String> LINE =
      List.of(Tool.DRBDSETUP.program(), "events2", "--timestamps");
  private static final long AGAIN_MILLIS = TimeUnit.SECONDS.toMillis(5);
  private static final int LINE_MAX = 8192;

  private final Consumer<Optional<String>> news;
  private volatile Optional<Process> process = Optional.empty();
  private volatile boolean closed;

  /**
   * @param news is told the resource something has happened to; empty: to any
   */
  EventListener(Consumer<Optional<String>> news) {
    super("drbd-events");
    setDaemon(true);
    this.news = news;
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        listen();
        news.accept(Optional.empty());
        Thread.sleep(AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void listen() {
    try {
      Process started =
          new ProcessBuilder(LINE).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process = Optional.of(started);
      if (closed) {
        started.destroyForcibly();
      }
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
        for (Optional<String> line = line(reader); line.isPresent(); line = line(reader)) {
          tell(line.get());
        }
      } finally {
        started.destroyForcibly();
      }
    } catch (IOException e) {
      // Without the tool, or when it was killed: the slow looks go on.
      process = Optional.empty();
    }
  }

  private void tell(String line) {
    Optional<EventLine> event = EventLine.of(line);
    boolean told = event.filter(EventLine::caughtUp).isEmpty();
    if (told && !closed) {
      news.accept(event.flatMap(EventLine::resource));
    }
  }

  /** A line, cut where it is too long; empty at the end. */
  private static Optional<String> line(BufferedReader reader) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = reader.read(); c != '\n'; c = reader.read()) {
      if (c < 0) {
        return line.length() == 0 ? Optional.empty() : Optional.of(line.toString());
      }
      if (line.length() < LINE_MAX) {
        line.append((char) c);
      }
    }
    return Optional.of(line.toString());
  }

  @Override
  public void close() {
    closed = true;
    process.ifPresent(Process::destroyForcibly);
    interrupt();
  }
}

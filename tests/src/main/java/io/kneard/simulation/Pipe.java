package io.kneard.simulation;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Lines from one process to another: in order, read one at a time when the reader gets to it. */
final class Pipe<T> {
  private final Actor reader;
  private final Consumer<T> take;
  private final ArrayDeque<T> lines = new ArrayDeque<>(4);
  private boolean reading;
  private boolean scheduled;

  Pipe(Actor reader, Consumer<T> take) {
    this.reader = reader;
    this.take = take;
  }

  void send(T line) {
    lines.add(line);
    schedule();
  }

  /** The reader begins to read. */
  void open() {
    reading = true;
    schedule();
  }

  private void schedule() {
    if (reading && !scheduled && !lines.isEmpty()) {
      scheduled = true;
      reader.later(reader.host.latency(), this::read);
    }
  }

  private void read() {
    scheduled = false;
    take.accept(lines.poll());
    schedule();
  }
}

package io.kneard.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A process that a test started. It is gone when the test, or its JVM, is. */
public final class Child implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private final Process process;
  private final Thread hook;

  private Child(Process process) {
    this.process = process;
    this.hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a program. The Java of this process is that of the programs that ask JAVA_HOME for one.
   *
   * @param environment variables added to this process's own
   * @param log file that both outputs are appended to
   */
  public static Child start(Path log, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return new Child(builder.start());
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Sends a signal, such as {@code HUP}, {@code STOP} or {@code KILL}. */
  public void signal(String name) {
    if (alive()) {
      Signals.send(name, pid());
    }
  }

  /** Waits for the end; empty if it still runs after that time. 128 + N after signal N. */
  public OptionalInt exit(Duration within) throws InterruptedException {
    return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  /** Ends it: SIGTERM, then SIGKILL when it does not obey in time. */
  public void stop(Duration within) throws InterruptedException {
    signal("CONT");
    signal("TERM");
    if (exit(within).isEmpty()) {
      kill();
    }
  }

  /** SIGKILL, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (exit(BOUND).isEmpty()) {
      throw new IllegalStateException("process " + pid() + " outlives SIGKILL");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending and runs the hook itself.
    }
  }
}

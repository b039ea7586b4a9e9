package io.kneard.ctl;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command has around it, apart from its arguments.
 *
 * @param out for answers, in UTF-8
 * @param err for what went wrong
 * @param environment the environment variables
 * @param terminal whether a person looks at {@code out}
 * @param tick how long to wait before looking again at something that changes
 * @param clock tells how long ago something was
 */
record Surroundings(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean terminal,
    Duration tick,
    InstantSource clock) {

  /** Set by the launcher: Java itself cannot tell for one stream alone. */
  private static final String TERMINAL_PROPERTY = "kneard.terminal";

  static Surroundings ofThisProcess() {
    return new Surroundings(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        System.getenv(),
        Boolean.getBoolean(TERMINAL_PROPERTY),
        Duration.ofSeconds(1),
        InstantSource.system());
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Whether colours are welcome (see no-color.org). */
  boolean colour() {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /** Whether causes are to be printed in full. */
  boolean debug() {
    return !environment.getOrDefault("KNEARD_DEBUG", "").isEmpty();
  }
}

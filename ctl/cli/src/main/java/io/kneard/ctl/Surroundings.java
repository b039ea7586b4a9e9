package io.kneard.ctl;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command has around it, apart from its arguments.
 *
 * @param in for what a person answers to a question
 * @param out for answers, in UTF-8
 * @param err for what went wrong
 * @param environment the environment variables
 * @param terminal whether a person looks at {@code out}
 * @param tick how long to wait before looking again at something that changes
 * @param clock tells how long ago something was
 */
record Surroundings(
    InputStream in,
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
        System.in,
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

  /**
   * Whether standard output is a pipe. Writing to one fails only when its reader, such as head, has
   * seen enough.
   */
  boolean readerMayLeave() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
    } catch (IOException e) {
      return false;
    }
  }
}

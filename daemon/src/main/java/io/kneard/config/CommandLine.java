package io.kneard.config;

import java.util.List;

/** What the daemon was started with: understood or not. */
public sealed interface CommandLine permits Invocation, CommandLine.Misuse {

  /**
   * The arguments make no sense.
   *
   * @param message every mistake on a line of its own
   */
  record Misuse(String message) implements CommandLine {
    /** The exit code for it. */
    public static final int EXIT_CODE = 2;
  }

  /** Reads the arguments, see {@link HelpText}. Touches nothing. */
  static CommandLine parse(List<String> arguments) {
    return new FlagReader(arguments).read();
  }
}

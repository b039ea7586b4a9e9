package io.kneard.config;

import java.nio.file.Path;

/** Where a value came from. {@code toString} says it to the operator. */
public sealed interface Origin {
  /** What the names of the original's variables begin with. */
  String ORIGINAL = "KUUTAMO_";

  /** Whether somebody wrote the value. */
  default boolean isChosen() {
    return !(this instanceof Default || this instanceof Derived);
  }

  /** Whether it is from a host that was set up for the original. */
  default boolean isOriginals() {
    return this instanceof Variable variable && variable.name().startsWith(ORIGINAL);
  }

  /** Nobody set it: the built-in value. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /**
   * Nobody set it: it follows from something else.
   *
   * @param from such as {@code profile fast} or {@code host name}
   */
  record Derived(String from) implements Origin {
    @Override
    public String toString() {
      return "default, " + from;
    }
  }

  /**
   * The settings file.
   *
   * @param line counted from 1; 0 if it could not be told
   */
  record File(Path file, int line) implements Origin {
    @Override
    public String toString() {
      return line > 0 ? file + ":" + line : file.toString();
    }
  }

  /** An environment variable. */
  record Variable(String name) implements Origin {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A flag of the command line. */
  record Flag(String name) implements Origin {
    @Override
    public String toString() {
      return name;
    }
  }
}

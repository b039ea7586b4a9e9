package io.kneard.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Arguments that were understood. */
public final class Invocation implements CommandLine {

  /** What to do. */
  public enum Action {
    /** Be the daemon. */
    RUN,
    /** Show every value and where it came from, and end. */
    PRINT_CONFIG,
    /** Look whether everything is in order, and end. */
    CHECK,
    /** Say what a recovery of the cluster would do, and end. */
    PLAN_RECOVERY,
    /** Make this host a cluster of its own again, and end. */
    RECOVER,
    /** Show {@link HelpText} and end. */
    HELP,
    /** Show the version and end. */
    VERSION
  }

  private final Action action;
  private final boolean json;
  private final Optional<Path> configFile;
  private final Optional<Path> backup;
  private final Layer flags;

  Invocation(
      Action action, boolean json, Optional<Path> configFile, Optional<Path> backup, Layer flags) {
    this.action = Objects.requireNonNull(action);
    this.json = json;
    this.configFile = Objects.requireNonNull(configFile);
    this.backup = Objects.requireNonNull(backup);
    this.flags = Objects.requireNonNull(flags);
  }

  /** What to do. */
  public Action action() {
    return action;
  }

  /** Whether what is shown is JSON. */
  public boolean json() {
    return json;
  }

  /** The backup from which to recover, if one was named. */
  public Optional<Path> backup() {
    return backup;
  }

  /** The settings file that was named, if one was. */
  Optional<Path> configFile() {
    return configFile;
  }

  Layer flags() {
    return flags;
  }
}

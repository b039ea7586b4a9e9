package io.kneard.database;

import java.util.List;

/**
 * How far the database of this host is (specification: "Database states"). It can be used in {@link
 * Online}, and for what concerns the upgrade in {@link Waiting}.
 */
public sealed interface DatabaseState {
  /** What a caller is told who needs the database now. */
  String message();

  /** One word, for metrics and tables. */
  String word();

  /** This host is in no cluster. */
  record NotInitialized() implements DatabaseState {
    @Override
    public String message() {
      return "Database is not yet initialized";
    }

    @Override
    public String word() {
      return "uninitialized";
    }
  }

  /** Its node is being started, or has not yet been found to be the one it was. */
  record Starting() implements DatabaseState {
    @Override
    public String message() {
      return "Database is still starting";
    }

    @Override
    public String word() {
      return "starting";
    }
  }

  /**
   * This host has a newer schema than others.
   *
   * @param behind the members that have not yet received the update; empty while that is being
   *     determined
   */
  record Waiting(List<String> behind) implements DatabaseState {
    /** Keeps its own list. */
    public Waiting {
      behind = List.copyOf(behind);
    }

    @Override
    public String message() {
      String waits = "Database is waiting for an upgrade";
      return behind.isEmpty()
          ? waits
          : "%s: %d cluster members have not yet received the update: %s"
              .formatted(waits, behind.size(), String.join(", ", behind));
    }

    @Override
    public String word() {
      return "waiting";
    }
  }

  /** It can be used. */
  record Online() implements DatabaseState {
    @Override
    public String message() {
      return "Database is online";
    }

    @Override
    public String word() {
      return "online";
    }
  }

  /** It was stopped, or something is wrong with it. */
  record Offline(String why) implements DatabaseState {
    @Override
    public String message() {
      return "Database is offline" + (why.isEmpty() ? "" : ": " + why);
    }

    @Override
    public String word() {
      return "offline";
    }
  }

  /** All words. */
  static List<String> words() {
    return List.of("uninitialized", "starting", "waiting", "online", "offline");
  }
}

package io.kneard.drbd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has to be run to bring a resource where it should be.
 *
 * @param parts in this order
 * @param waits why it does not get there yet, in words; empty: it does
 */
record Plan(List<Part> parts, Optional<String> waits) {

  /** When a part is run. */
  enum Kind {
    /** Whatever became of the parts before. */
    CHANGE,
    /** Only if everything before has succeeded. */
    LAST,
    /** Like a change, but the resource is as it should be without it, too. */
    UPKEEP
  }

  /** Commands that make no sense without the ones before them. */
  record Part(Kind kind, List<Command> commands) {
    Part {
      commands = List.copyOf(commands);
    }
  }

  Plan {
    parts = List.copyOf(parts);
  }

  /** Whether the resource is as it should be. */
  boolean done() {
    return waits.isEmpty() && parts.stream().allMatch(part -> part.kind() == Kind.UPKEEP);
  }

  List<Command> commands() {
    return parts.stream().flatMap(part -> part.commands().stream()).toList();
  }

  /** Collects parts. */
  static final class Draft {
    private final List<Part> parts = new ArrayList<>();
    private final List<String> waits = new ArrayList<>();

    void add(Kind kind, Command... commands) {
      add(kind, List.of(commands));
    }

    void add(Kind kind, List<Command> commands) {
      if (!commands.isEmpty()) {
        parts.add(new Part(kind, commands));
      }
    }

    void waits(String why) {
      waits.add(why);
    }

    Plan plan() {
      return new Plan(
          parts, waits.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", waits)));
    }
  }
}

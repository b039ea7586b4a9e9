package io.kneard.drbd;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program to run.
 *
 * @param bound after which it is given up
 * @param met refusals that mean it was done before, by their number
 */
public record Command(Tool tool, List<String> arguments, Duration bound, Set<Integer> met) {
  static final Duration LOOK = Duration.ofSeconds(5);
  static final Duration SHORT = Duration.ofSeconds(15);

  /** Connecting, becoming primary: peers are asked. */
  static final Duration PEERS = Duration.ofSeconds(30);

  /** A disk is read or written. */
  static final Duration DISK = Duration.ofMinutes(2);

  public Command {
    arguments = List.copyOf(arguments);
    met = Set.copyOf(met);
  }

  static Command of(Tool tool, Duration bound, Object... arguments) {
    return new Command(tool, Stream.of(arguments).map(String::valueOf).toList(), bound, Set.of());
  }

  Command metBy(Integer... numbers) {
    return new Command(tool, arguments, bound, Set.of(numbers));
  }

  /** Whether this is what it tells the tool to do. */
  boolean is(String verb) {
    return !arguments.isEmpty() && arguments.get(0).equals(verb);
  }

  /** As one would type it. */
  @Override
  public String toString() {
    return Stream.concat(Stream.of(tool.program()), arguments.stream())
        .collect(Collectors.joining(" "));
  }
}

package io.kneard.config;

import io.kneard.config.Invocation.Action;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads one command line. */
final class FlagReader {
  private static final String CONFIG = "--config";
  private static final String JSON = "--json";
  private static final String YES = "--yes";
  private static final String BACKUP = "--backup";
  private static final List<String> COMMANDS =
      List.of("--print-config", "--check", "--recover-cluster", "--help", "--version");

  private final Deque<String> rest;
  private final List<String> mistakes = new ArrayList<>();
  private final Set<Action> actions = EnumSet.noneOf(Action.class);
  private final Layer flags = Layer.empty();
  private Optional<Path> configFile = Optional.empty();
  private Optional<Path> backup = Optional.empty();
  private boolean json;
  private boolean yes;

  FlagReader(List<String> arguments) {
    this.rest = new ArrayDeque<>(arguments);
  }

  CommandLine read() {
    while (!rest.isEmpty()) {
      next(rest.pop());
    }
    if (actions.size() > 1) {
      mistakes.add("only one of " + String.join(", ", COMMANDS));
    }
    Action action = actions.stream().findFirst().orElse(Action.RUN);
    if (json && action != Action.PRINT_CONFIG && action != Action.CHECK && !isRecovery(action)) {
      mistakes.add("--json: only with --print-config, --check or --recover-cluster");
    }
    if (yes && !isRecovery(action)) {
      mistakes.add("--yes: only with --recover-cluster");
    }
    if (backup.isPresent() && !isRecovery(action)) {
      mistakes.add("--backup: only with --recover-cluster");
    }
    return mistakes.isEmpty()
        ? new Invocation(surely(action), json, configFile, backup, flags)
        : new CommandLine.Misuse(String.join("\n", mistakes));
  }

  private static boolean isRecovery(Action action) {
    return action == Action.PLAN_RECOVERY;
  }

  private Action surely(Action action) {
    return isRecovery(action) && yes ? Action.RECOVER : action;
  }

  private void next(String argument) {
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    Optional<String> attached =
        equals < 0 ? Optional.empty() : Optional.of(argument.substring(equals + 1));
    switch (name) {
      case "--print-config" -> act(Action.PRINT_CONFIG, name, attached);
      case "--check" -> act(Action.CHECK, name, attached);
      case "--recover-cluster" -> act(Action.PLAN_RECOVERY, name, attached);
      case YES -> {
        refuseValue(name, attached);
        yes = true;
      }
      case "--help", "-h" -> act(Action.HELP, name, attached);
      case "--version" -> act(Action.VERSION, name, attached);
      case JSON -> {
        refuseValue(name, attached);
        json = true;
      }
      case CONFIG -> value(name, attached).ifPresent(this::config);
      case BACKUP -> value(name, attached).ifPresent(this::backup);
      default -> setting(name, attached);
    }
  }

  private void act(Action action, String name, Optional<String> attached) {
    refuseValue(name, attached);
    actions.add(action);
  }

  private void refuseValue(String name, Optional<String> attached) {
    if (attached.isPresent()) {
      mistakes.add(name + ": takes no value");
    }
  }

  private void config(String text) {
    if (configFile.isPresent()) {
      mistakes.add("--config: given twice");
    } else if (Types.PATH.parser().apply(List.of(text)) instanceof Parsed.Value<Path> path) {
      configFile = Optional.of(path.value());
    } else {
      mistakes.add("--config: the path of a settings file, written out in full");
    }
  }

  private void backup(String text) {
    if (backup.isPresent()) {
      mistakes.add("--backup: given twice");
    } else if (Types.PATH.parser().apply(List.of(text)) instanceof Parsed.Value<Path> path) {
      backup = Optional.of(path.value());
    } else {
      mistakes.add("--backup: the path of a backup's folder, written out in full");
    }
  }

  private void setting(String name, Optional<String> attached) {
    Optional<Key<?>> key =
        Keys.ALL.stream().filter(candidate -> candidate.flag().equals(name)).findFirst();
    if (key.isEmpty()) {
      mistakes.add(unknown(name));
      return;
    }
    value(name, attached).ifPresent(text -> given(key.get(), text));
  }

  private void given(Key<?> key, String text) {
    Given fresh = Given.of(key, text, new Origin.Flag(key.flag()));
    Given before = flags.given().get(key);
    if (before == null) {
      flags.given().put(key, fresh);
    } else if (key.isList()) {
      List<String> both = Stream.concat(before.texts().stream(), fresh.texts().stream()).toList();
      flags.given().put(key, new Given(both, fresh.origin()));
    } else {
      mistakes.add(key.flag() + ": given twice");
    }
  }

  private Optional<String> value(String name, Optional<String> attached) {
    if (attached.isPresent()) {
      return attached;
    }
    if (rest.isEmpty() || rest.peek().startsWith("--")) {
      mistakes.add("%s: a value is missing, write %s=VALUE".formatted(name, name));
      return Optional.empty();
    }
    return Optional.of(rest.pop());
  }

  /** Without its value, which may be a secret. */
  private static String unknown(String name) {
    if (!name.startsWith("-")) {
      return "an argument without a flag before it: flags are written --KEY=VALUE, see --help";
    }
    Stream<String> names =
        Stream.of(
                COMMANDS.stream(),
                Stream.of(CONFIG, JSON, YES, BACKUP),
                Keys.ALL.stream().map(Key::flag))
            .flatMap(all -> all);
    return "%s: no such flag%s".formatted(name, Nearest.hint(name, names));
  }
}

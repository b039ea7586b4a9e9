package io.kneard.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.show.Style;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of the daemon: asks it over its control socket. */
@Command(
    name = Kneardctl.NAME,
    description = "Shows and steers the kneard-java daemon of this host.",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    usageHelpAutoWidth = false)
public final class Kneardctl implements Callable<Integer> {
  static final String NAME = "kneardctl";

  private static final List<Class<?>> COMMANDS =
      List.of(
          StatusCommand.class,
          ActiveValidatorCommand.class,
          EventsCommand.class,
          MaintenanceShutdownCommand.class,
          MaintenanceStatusCommand.class,
          SwitchoverCommand.class,
          PauseCommand.class,
          ResumeCommand.class,
          ReloadCommand.class,
          CheckCommand.class,
          ClusterCommand.class,
          VolumeCommand.class,
          ReplicaCommand.class,
          AttachCommand.class,
          DetachCommand.class,
          MemberCommand.class,
          HostCommand.class,
          ClassCommand.class,
          CompletionCommand.class,
          CommandLine.HelpCommand.class);

  private static final Path DEFAULT_SOCKET = Path.of("/run/kneard/control.sock");

  private final Surroundings around;

  @Spec private CommandSpec spec;

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      scope = ScopeType.INHERIT,
      description =
          "The daemon's control socket. Without it: KNEARD_CONTROL_SOCKET, then"
              + " KUUTAMO_CONTROL_SOCKET, then /run/kneard/control.sock.")
  private Path socket;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print the daemon's answer as one JSON object.")
  private boolean json;

  private Kneardctl(Surroundings around) {
    this.around = around;
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Surroundings.ofThisProcess(), args));
  }

  static int run(Surroundings around, String... args) {
    int code = commandLine(around, asked(args)).execute(args);
    if (around.out().checkError() && code == ExitCode.OK.code() && !around.readerMayLeave()) {
      around.err().println("kneardctl: standard output could not be written.");
      return ExitCode.FAILED.code();
    }
    return code;
  }

  /** The commands with their options, for the manual. */
  public static CommandLine commandLine() {
    return commandLine(Surroundings.ofThisProcess(), COMMANDS);
  }

  /**
   * The commands that can be meant; all of them if it is not clear. Reading what a command wants
   * takes longer than asking the daemon, so only those are read.
   */
  private static List<Class<?>> asked(String... args) {
    Set<String> words = Set.copyOf(Arrays.asList(args));
    List<Class<?>> named = COMMANDS.stream().filter(type -> words.contains(name(type))).toList();
    return named.isEmpty() || named.contains(CommandLine.HelpCommand.class) ? COMMANDS : named;
  }

  private static String name(Class<?> type) {
    return type.getAnnotation(Command.class).name();
  }

  private static CommandLine commandLine(Surroundings around, List<Class<?>> types) {
    Failures failures = new Failures(around);
    CommandLine commands = new CommandLine(new Kneardctl(around));
    // Not as a method reference: that would keep picocli out of the archive of classes.
    for (Class<?> type : types) {
      commands.addSubcommand(type);
    }
    commands
        .setOut(new PrintWriter(around.out(), true, UTF_8))
        .setErr(new PrintWriter(around.err(), true, UTF_8))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                around.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(Integer.toString(code.code()), code.meaning());
    }
    commands
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(codes);
    return commands;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }

  Surroundings around() {
    return around;
  }

  boolean json() {
    return json;
  }

  Style style() {
    return new Style(around.colour());
  }

  ControlClient client() {
    return new ControlClient(socketPath());
  }

  private Path socketPath() {
    if (socket != null) {
      if (socket.toString().isEmpty()) {
        throw new ParameterException(spec.commandLine(), "--socket = '': a path is wanted");
      }
      return socket;
    }
    for (String name : new String[] {"KNEARD_CONTROL_SOCKET", "KUUTAMO_CONTROL_SOCKET"}) {
      String value = around.environment().getOrDefault(name, "");
      if (!value.isEmpty()) {
        return Path.of(value);
      }
    }
    return DEFAULT_SOCKET;
  }
}

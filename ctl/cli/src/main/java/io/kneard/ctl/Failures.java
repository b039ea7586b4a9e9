package io.kneard.ctl;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.NoAnswer;
import io.kneard.ctl.show.Plain;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one or two sentences what went wrong, and chooses the exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Surroundings around;

  Failures(Surroundings around) {
    this.around = around;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName(" ");
    say(wording(e));
    around.err().println("See '" + command + " --help'.");
    debug(e);
    return ExitCode.USAGE.code();
  }

  private static String wording(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      List<String> near = unmatched.getSuggestions();
      String kind =
          unmatched.isUnknownOption()
              ? "Unknown option"
              : e.getCommandLine().getSubcommands().isEmpty()
                  ? "One argument too many:"
                  : "Unknown command";
      String hint = near.isEmpty() ? "." : ". Did you mean '" + near.get(0) + "'?";
      return kind + " '" + first + "'" + hint;
    }
    return e.getMessage() + ".";
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof InterruptedException) {
      return ExitCode.INTERRUPTED.code();
    }
    if (e instanceof ControlException known) {
      boolean unknownOutcome =
          e instanceof NoAnswer && command.getCommand() instanceof ControlCommand c && c.changes();
      say(
          e.getMessage()
              + (unknownOutcome
                  ? "\nIt may have been done all the same: see 'kneardctl status'."
                  : ""));
      debug(e);
      return ExitCode.of(known).code();
    }
    say("Unexpected: " + e + ". With KNEARD_DEBUG=1 the whole cause is printed.");
    debug(e);
    return ExitCode.FAILED.code();
  }

  private void say(String sentence) {
    around.err().println(Kneardctl.NAME + ": " + Plain.lines(sentence));
  }

  private void debug(Exception e) {
    if (around.debug()) {
      e.printStackTrace(around.err());
    }
  }
}

package io.kneard.ctl;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kneard.ctl.api.ControlClient;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.show.Style;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks the daemon. */
abstract class ControlCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Does it. */
  abstract ExitCode run(ControlClient client) throws Exception;

  /** Whether the daemon does something because of it, so that a lost answer leaves a doubt. */
  boolean changes() {
    return false;
  }

  @Override
  public final Integer call() throws Exception {
    return run(kneardctl().client()).code();
  }

  /** Prints an answer, for a program or for a person. */
  final void show(Object answer, Supplier<String> text) throws JsonProcessingException {
    out()
        .println(
            json() ? ControlJson.get().writeValueAsString(answer) : text.get().stripTrailing());
  }

  final boolean json() {
    return kneardctl().json();
  }

  final Surroundings around() {
    return kneardctl().around();
  }

  final PrintStream out() {
    return kneardctl().around().out();
  }

  final Style style() {
    return kneardctl().style();
  }

  /** At the root, also of a command below another one. */
  private Kneardctl kneardctl() {
    return (Kneardctl) spec.root().userObject();
  }

  /** A mistake in the command line. */
  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  final CommandSpec spec() {
    return spec;
  }
}

package io.kneard.ctl;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Prints the completion script for bash (and zsh).",
      "For this shell: source <(kneardctl completion)"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String script = AutoComplete.bash(Kneardctl.NAME, Kneardctl.commandLine());
    spec.commandLine().getOut().println(script.stripTrailing());
    return ExitCode.OK.code();
  }
}

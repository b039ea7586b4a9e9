package io.kneard.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MistakesTest {
  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void noDaemon() {
    cli = new Cli(folder.resolve("none.sock"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "NOTHING                                               | A command is missing",
        "statsu                                               | Unknown command 'statsu'. Did you mean 'status'?",
        "cluster lis                                          | Unknown command 'lis'. Did you mean 'list'?",
        "status --wacth                                       | Unknown option '--wacth'. Did you mean '--watch'?",
        "status now                                           | One argument too many: 'now'",
        "status --socket                                      | Missing required parameter for option '--socket'",
        "maintenance-shutdown 10 --shutdown-at 99             | --minimum-length and --shutdown-at exclude each other: give one.",
        "maintenance-shutdown --minimum-length 5 --shutdown-at 9 | --minimum-length and --shutdown-at exclude each other: give one.",
        "maintenance-shutdown 10 --minimum-length 10          | are the same: give one",
        "maintenance-shutdown --shutdown-at -5                | '-5': a whole number above 0 is wanted",
        "maintenance-shutdown --shutdown-at=-5                | '-5': a whole number above 0 is wanted",
        "maintenance-shutdown --shutdown-at soon              | 'soon': a whole number above 0 is wanted",
        "maintenance-shutdown --shutdown-at 99999999999999999999 | a whole number above 0 is wanted",
        "maintenance-shutdown ten                             | 'ten': a whole number above 0 is wanted",
        "maintenance-shutdown 0                               | '0': a whole number above 0 is wanted",
        "maintenance-shutdown --then explode                  | 'explode': restart or stop is wanted.",
        "maintenance-shutdown --cancel 10                     | --cancel undoes the plan and goes with nothing else",
        "maintenance-shutdown --cancel --wait                 | --cancel undoes the plan and goes with nothing else",
        "maintenance-shutdown --timeout 5m                    | --timeout bounds --wait",
        "maintenance-shutdown --wait --timeout 5              | '5': a time such as 90s, 15m or 2h is wanted",
        "status --socket ''                                    | --socket = '': a path is wanted",
        "switchover --to ''                                   | --to = ''",
      })
  void aWrongCommandLineIsExplained(String line, String expected) {
    String[] arguments = line.equals("NOTHING") ? new String[0] : line.strip().split("\\s+", -1);
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = arguments[i].equals("''") ? "" : arguments[i];
    }
    assertThat(cli.run(arguments)).isEqualTo(2);
    assertThat(cli.err()).startsWith("kneardctl: ").contains(expected).contains("--help'.");
    assertThat(cli.err()).hasLineCount(2).doesNotContain("..\n").doesNotContain("?.\n");
    assertThat(cli.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "active-validator", "events", "pause", "maintenance-shutdown"})
  void withoutADaemonEveryCommandSaysSo(String command) {
    assertThat(cli.run(command)).isEqualTo(3);
    assertThat(cli.err())
        .startsWith("kneardctl: No daemon here: the socket " + folder)
        .contains("systemctl start kneard-java")
        .hasLineCount(1);
  }

  @Test
  void withoutADaemonOrItsProgramACheckSaysWhatToRun() {
    assertThat(cli.run("check")).isEqualTo(3);
    assertThat(cli.err()).contains("kneard-java --check");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "active-validator",
        "events",
        "maintenance-shutdown",
        "maintenance-status",
        "switchover",
        "pause",
        "resume",
        "reload",
        "check",
        "completion"
      })
  void everyCommandExplainsItself(String command) {
    assertThat(cli.run(command, "--help")).isZero();
    assertThat(cli.out()).contains("Usage: kneardctl " + command).contains("--socket=PATH");
    assertThat(cli.out()).matches("[\\x20-\\x7e\\n]*");
    assertThat(cli.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void theCompletionKnowsEveryCommandAndTheirOptions() {
    assertThat(cli.run("completion")).isZero();
    assertThat(cli.out()).contains("maintenance-shutdown", "--minimum-length", "revoke", "--watch");
  }

  @Test
  void theHelpListsCommandsAndExitCodes() {
    assertThat(cli.run("--help")).isZero();
    assertThat(cli.out()).contains("switchover").contains("130").contains("check found an error");
    String page = cli.out();
    assertThat(cli.run("help")).isZero();
    assertThat(cli.out()).isEqualTo(page);
    assertThat(cli.run("help", "switchover")).isZero();
    assertThat(cli.out()).contains("Usage: kneardctl switchover");
    assertThat(cli.run("help", "swichover")).isEqualTo(2);
    assertThat(cli.err()).contains("swichover");
    assertThat(cli.run("--version")).isZero();
    assertThat(cli.out()).startsWith("kneardctl ");
  }
}

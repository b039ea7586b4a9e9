package io.kneard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kneard.config.Invocation.Action;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {

  @Test
  void withoutArgumentsItIsTheDaemon() {
    Invocation invocation = understood();
    assertThat(invocation.action()).isEqualTo(Action.RUN);
    assertThat(invocation.json()).isFalse();
    assertThat(invocation.configFile()).isEmpty();
  }

  static Stream<Arguments> actions() {
    return Stream.of(
        arguments("--print-config", Action.PRINT_CONFIG),
        arguments("--check", Action.CHECK),
        arguments("--help", Action.HELP),
        arguments("-h", Action.HELP),
        arguments("--version", Action.VERSION));
  }

  @ParameterizedTest
  @MethodSource("actions")
  void anActionIsAFlag(String flag, Action action) {
    assertThat(understood(flag).action()).isEqualTo(action);
  }

  @Test
  void valuesFollowAnEqualsSignOrASpace() {
    assertThat(understood("--config", "/a").configFile()).hasValue(Path.of("/a"));
    assertThat(understood("--config=/a", "--check", "--json").json()).isTrue();
    assertThat(understood("--lock.ttl", "30s").flags().given())
        .isEqualTo(understood("--lock.ttl=30s").flags().given());
  }

  static Stream<Arguments> misuses() {
    return Stream.of(
        arguments(List.of("--lock.tll=30s"), "--lock.tll: no such flag; did you mean --lock.ttl?"),
        arguments(List.of("--chekc"), "--chekc: no such flag; did you mean --check?"),
        arguments(List.of("--lock.ttl"), "--lock.ttl: a value is missing"),
        arguments(List.of("--lock.ttl", "--check"), "--lock.ttl: a value is missing"),
        arguments(List.of("--lock.ttl=1s", "--lock.ttl=2s"), "--lock.ttl: given twice"),
        arguments(List.of("--config=/a", "--config=/b"), "--config: given twice"),
        arguments(List.of("--config="), "--config: the path of a settings file"),
        arguments(List.of("--check=yes"), "--check: takes no value"),
        arguments(List.of("--check", "--version"), "only one of"),
        arguments(List.of("--json"), "--json: only with"),
        arguments(List.of("run"), "an argument without a flag before it"));
  }

  @ParameterizedTest
  @MethodSource("misuses")
  void aMistypedLineIsExplained(List<String> line, String text) {
    assertThat(CommandLine.parse(line))
        .asInstanceOf(type(CommandLine.Misuse.class))
        .extracting(CommandLine.Misuse::message)
        .asString()
        .contains(text);
  }

  @Test
  void exitCodesAreThoseThatServiceManagersKnow() {
    assertThat(CommandLine.Misuse.EXIT_CODE).isEqualTo(2);
    assertThat(SettingsProblem.EXIT_CODE).isEqualTo(78);
  }

  @Test
  void theManualNamesEveryKeyAndBeginsNoLineWithAStrayRequest() {
    String page = ManPage.text();
    assertThat(page).contains(Keys.ALL.stream().map(Key::variable).toList());
    assertThat(page.lines().filter(line -> line.matches("['.].*")))
        .allMatch(line -> line.matches("\\.(TH|SH|TP|PP)\\b.*"));
  }

  @Test
  void helpNamesEveryKeyAndFitsATerminal() {
    assertThat(HelpText.page()).contains(Keys.ALL.stream().map(Key::flag).toList());
    assertThat(HelpText.page().lines()).allMatch(line -> line.length() <= 120);
  }

  private static Invocation understood(String... line) {
    return (Invocation) CommandLine.parse(List.of(line));
  }
}

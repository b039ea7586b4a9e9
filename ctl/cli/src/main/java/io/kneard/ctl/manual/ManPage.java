package io.kneard.ctl.manual;

import io.kneard.ctl.ExitCode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command's manual page in the language of man(7). */
final class ManPage {
  private final CommandSpec command;
  private final StringBuilder page = new StringBuilder();

  ManPage(CommandSpec command) {
    this.command = command;
  }

  /** The name of the page, such as {@code kneardctl-status}. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  String text() {
    String version = command.root().version().length == 0 ? "" : command.root().version()[0];
    String name = name(command);
    macro("TH " + quoted(name) + " 1 \"\" " + quoted(version) + " \"kneard-java\"");
    section("NAME");
    line(escaped(name) + " \\- " + escaped(firstSentence()));
    section("SYNOPSIS");
    macro("B " + quoted(command.qualifiedName(" ")));
    line(escaped(synopsis()));
    section("DESCRIPTION");
    for (String paragraph : command.usageMessage().description()) {
      line(escaped(paragraph));
      macro("PP");
    }
    arguments();
    commands();
    exitCodes();
    environment();
    seeAlso();
    return page.toString();
  }

  private void arguments() {
    section("OPTIONS");
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      entry("\\fI" + escaped(parameter.paramLabel()) + "\\fR", parameter);
    }
    for (OptionSpec option : command.options()) {
      String names =
          Stream.of(option.names())
              .map(name -> "\\fB" + escaped(name) + "\\fR")
              .collect(Collectors.joining(", "));
      boolean takesValue = option.arity().max() > 0;
      entry(takesValue ? names + " \\fI" + escaped(option.paramLabel()) + "\\fR" : names, option);
    }
  }

  private void entry(String term, ArgSpec argument) {
    term(term);
    line(escaped(String.join(" ", argument.description()).replace("%n", " ")));
  }

  private void commands() {
    if (command.subcommands().isEmpty()) {
      return;
    }
    section("COMMANDS");
    for (CommandLine sub : command.subcommands().values()) {
      term("\\fB" + escaped(sub.getCommandName()) + "\\fR");
      line(escaped(String.join(" ", sub.getCommandSpec().usageMessage().description())));
    }
  }

  private void exitCodes() {
    section("EXIT STATUS");
    for (ExitCode code : ExitCode.values()) {
      term("\\fB" + code.code() + "\\fR");
      line(escaped(code.meaning()));
    }
  }

  private void environment() {
    section("ENVIRONMENT");
    term("\\fBKNEARD_CONTROL_SOCKET\\fR, \\fBKUUTAMO_CONTROL_SOCKET\\fR");
    line("The control socket, unless \\fB\\-\\-socket\\fR names it; the first one wins.");
    term("\\fBNO_COLOR\\fR");
    line("Set to anything: no colours.");
    term("\\fBKNEARD_DEBUG\\fR");
    line("Set to anything: errors are printed with their whole cause.");
  }

  private void seeAlso() {
    CommandSpec root = command.root();
    List<String> pages =
        command == root
            ? root.subcommands().values().stream().map(c -> name(c.getCommandSpec())).toList()
            : List.of(name(root));
    section("SEE ALSO");
    line(String.join(", ", pages.stream().map(p -> "\\fB" + escaped(p) + "\\fR(1)").toList()));
  }

  private String firstSentence() {
    String[] description = command.usageMessage().description();
    String first = description.length == 0 ? "" : description[0];
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  private String synopsis() {
    Help help = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF));
    String text = help.synopsis(0).strip().replaceAll("\\s+", " ");
    return text.substring(command.qualifiedName(" ").length()).strip();
  }

  private void section(String title) {
    macro("SH " + quoted(title));
  }

  private void term(String term) {
    macro("TP");
    line(term);
  }

  private void macro(String request) {
    page.append('.').append(request).append('\n');
  }

  private void line(String text) {
    boolean looksLikeRequest = text.startsWith(".") || text.startsWith("'");
    page.append(looksLikeRequest ? "\\&" : "").append(text).append('\n');
  }

  private static String quoted(String text) {
    return '"' + escaped(text) + '"';
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
  }
}

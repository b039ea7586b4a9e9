package io.kneard.ctl.manual;

import io.kneard.ctl.Kneardctl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes manual pages and the completion script where an installation looks for them. */
public final class Manual {
  private Manual() {}

  /**
   * Writes {@code man/man1/*.1} and {@code bash-completion/completions/kneardctl}.
   *
   * @param args the folder to write to, such as {@code share}
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("one argument: the folder to write to");
    }
    Path share = Path.of(args[0]);
    CommandLine kneardctl = Kneardctl.commandLine();
    page(share, kneardctl);
    for (CommandLine command : kneardctl.getSubcommands().values()) {
      page(share, command);
    }
    String name = kneardctl.getCommandName();
    write(
        share.resolve("bash-completion/completions").resolve(name),
        AutoComplete.bash(name, kneardctl));
  }

  private static void page(Path share, CommandLine command) throws IOException {
    String name = ManPage.name(command.getCommandSpec());
    String text = new ManPage(command.getCommandSpec()).text();
    write(share.resolve("man/man1").resolve(name + ".1"), text);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}

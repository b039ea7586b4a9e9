package io.kneard.daemon;

import io.kneard.config.CommandLine;
import io.kneard.config.HelpText;
import io.kneard.config.Host;
import io.kneard.config.Invocation;
import io.kneard.config.LoadedSettings;
import io.kneard.config.PrintConfig;
import io.kneard.config.SettingsLoader;
import io.kneard.config.SettingsProblem;
import java.util.List;

/** The program {@code kneard-java}. */
public final class KneardJava {
  private KneardJava() {}

  /**
   * Exit status: 0 stopped as asked, 2 wrong arguments, 78 wrong settings, 75 asked to stay down, 1
   * anything else.
   */
  public static void main(String[] args) {
    CommandLine line = CommandLine.parse(List.of(args));
    int status =
        line instanceof CommandLine.Misuse misuse
            ? complain(misuse.message(), CommandLine.Misuse.EXIT_CODE)
            : act((Invocation) line);
    // Threads that wait on a network or a disk that hangs must not keep the daemon alive.
    Runtime.getRuntime().halt(status);
  }

  private static int act(Invocation invocation) {
    return switch (invocation.action()) {
      case HELP -> print(HelpText.page());
      case VERSION -> print(Version.TEXT + System.lineSeparator());
      case PRINT_CONFIG, CHECK, RUN -> withSettings(invocation);
    };
  }

  private static int withSettings(Invocation invocation) {
    LoadedSettings loaded;
    try {
      loaded = SettingsLoader.load(invocation, Host.current());
    } catch (SettingsProblem e) {
      return complain(e.getMessage(), SettingsProblem.EXIT_CODE);
    }
    return switch (invocation.action()) {
      case PRINT_CONFIG ->
          print(invocation.json() ? PrintConfig.json(loaded) : PrintConfig.table(loaded));
      case CHECK -> print("the settings and the key files are in order" + System.lineSeparator());
      default -> new Daemon(loaded.settings(), loaded.warnings()).run();
    };
  }

  private static int print(String text) {
    System.out.print(text);
    System.out.flush();
    return 0;
  }

  private static int complain(String text, int status) {
    System.err.println("kneard-java: " + text);
    return status;
  }
}

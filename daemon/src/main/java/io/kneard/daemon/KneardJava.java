package io.kneard.daemon;

import io.kneard.config.CommandLine;
import io.kneard.config.HelpText;
import io.kneard.config.Host;
import io.kneard.config.Invocation;
import io.kneard.config.LoadedSettings;
import io.kneard.config.PrintConfig;
import io.kneard.config.SettingsLoader;
import io.kneard.config.SettingsProblem;
import io.kneard.ctl.api.CheckReport;
import io.kneard.operations.Check;
import io.kneard.operations.Reload;
import java.util.List;
import java.util.Optional;

/** The program {@code kneard-java}. */
public final class KneardJava {
  private KneardJava() {}

  /**
   * Exit status: 0 stopped as asked, 2 wrong arguments, 78 wrong settings, 75 asked to stay down, 1
   * anything else.
   */
  public static void main(String[] args) {
    NativeCode.prepare();
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
    Reload.Source source = () -> SettingsLoader.load(invocation, Host.current());
    if (invocation.action() == Invocation.Action.CHECK) {
      CheckReport report =
          new Check(source, it -> Wiring.lock(it, Optional::empty), Wiring.fence())
              .run(Optional.empty());
      print(invocation.json() ? CheckText.json(report) : CheckText.lines(report));
      return report.fit() ? 0 : Daemon.FAILED;
    }
    LoadedSettings loaded;
    try {
      loaded = source.load();
    } catch (SettingsProblem e) {
      return complain(e.getMessage(), SettingsProblem.EXIT_CODE);
    }
    return invocation.action() == Invocation.Action.PRINT_CONFIG
        ? print(invocation.json() ? PrintConfig.json(loaded) : PrintConfig.table(loaded))
        : new Daemon(loaded, source).run();
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

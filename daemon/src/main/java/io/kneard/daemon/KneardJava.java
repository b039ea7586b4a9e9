package io.kneard.daemon;

import io.kneard.config.CommandLine;
import io.kneard.config.HelpText;
import io.kneard.config.Host;
import io.kneard.config.Invocation;
import io.kneard.config.PrintConfig;
import io.kneard.config.ReadSettings;
import io.kneard.config.Settings;
import io.kneard.config.SettingsLoader;
import io.kneard.config.SettingsProblem;
import io.kneard.ctl.api.CheckReport;
import io.kneard.ctl.api.cluster.RecoveryReport;
import io.kneard.operations.Check;
import io.kneard.operations.Reload;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program {@code kneard-java}. */
public final class KneardJava {
  private static final Logger LOG = LoggerFactory.getLogger(KneardJava.class);

  private KneardJava() {}

  /**
   * Exit status: 0 stopped as asked, 2 wrong arguments, 78 wrong settings, 75 asked to stay down, 1
   * anything else.
   */
  public static void main(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler(KneardJava::failed);
    NativeCode.prepare();
    CommandLine line = CommandLine.parse(List.of(args));
    int status =
        line instanceof CommandLine.Misuse misuse
            ? complain(misuse.message(), CommandLine.Misuse.EXIT_CODE)
            : act((Invocation) line);
    // Threads that wait on a network or a disk that hangs must not keep the daemon alive.
    Runtime.getRuntime().halt(status);
  }

  /**
   * A thread that ends by a mistake, or by a lack of memory or threads, leaves the others waiting
   * for its answer for good. So the daemon ends: the fence ends neard with it, and systemd starts
   * both again.
   */
  private static void failed(Thread thread, Throwable why) {
    try {
      LOG.error("thread {} has failed, so the daemon ends", thread.getName(), why);
    } finally {
      Runtime.getRuntime().halt(Daemon.FAILED);
    }
  }

  private static int act(Invocation invocation) {
    return switch (invocation.action()) {
      case HELP -> print(HelpText.page());
      case VERSION -> print(Version.TEXT + System.lineSeparator());
      case PRINT_CONFIG -> printConfig(invocation);
      case PLAN_RECOVERY, RECOVER -> recover(invocation);
      case CHECK, RUN -> withSettings(invocation);
    };
  }

  private static int withSettings(Invocation invocation) {
    Reload.Source source = () -> SettingsLoader.load(invocation, Host.current());
    if (invocation.action() == Invocation.Action.CHECK) {
      CheckReport report =
          new Check(source, it -> Wiring.lock(it, Optional::empty, () -> {}), Wiring.fence())
              .run(Optional.empty());
      print(invocation.json() ? CheckText.json(report) : CheckText.lines(report));
      return report.fit() ? 0 : Daemon.FAILED;
    }
    try {
      return new Daemon(source.load(), source).run();
    } catch (SettingsProblem e) {
      return complain(e.getMessage(), SettingsProblem.EXIT_CODE);
    }
  }

  private static int recover(Invocation invocation) {
    try {
      Settings settings = SettingsLoader.load(invocation, Host.current()).settings();
      RecoveryReport report =
          new ClusterRecovery(settings, invocation.backup())
              .run(invocation.action() == Invocation.Action.RECOVER);
      print(invocation.json() ? RecoveryText.json(report) : RecoveryText.lines(report));
      return report.problem() == null ? 0 : Daemon.FAILED;
    } catch (SettingsProblem e) {
      return complain(e.getMessage(), SettingsProblem.EXIT_CODE);
    }
  }

  /** The values also if they cannot be used: where a wrong one came from is half of the mend. */
  private static int printConfig(Invocation invocation) {
    ReadSettings read = SettingsLoader.read(invocation, Host.current());
    if (read.isReadable()) {
      print(invocation.json() ? PrintConfig.json(read) : PrintConfig.table(read));
    }
    try {
      read.loaded();
      return 0;
    } catch (SettingsProblem e) {
      return complain(e.getMessage(), SettingsProblem.EXIT_CODE);
    }
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

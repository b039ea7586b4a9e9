package io.kneard.localnet;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.StatusReport;
import io.kneard.drbdstandin.ToolServer;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Localnet;
import io.kneard.testbed.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** The program behind {@code tests/localnet}. */
public final class LocalnetMain {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int LAST_LINES = 20;

  private final Options options;
  private volatile Localnet net;

  private LocalnetMain(Options options) {
    this.options = options;
  }

  /** Exit status: 0, 1 if the script did not hold or a daemon did not start, 2 wrong arguments. */
  public static void main(String[] args) throws InterruptedException {
    int status;
    try {
      if (List.of(args).contains("--help")) {
        System.out.print(Options.USAGE);
        status = 0;
      } else {
        status = new LocalnetMain(Options.parse(Path.of("").toAbsolutePath(), args)).run();
      }
    } catch (IllegalArgumentException e) {
      System.err.println("localnet: " + e.getMessage());
      status = 2;
    } catch (IOException e) {
      System.err.println("localnet: " + e.getMessage());
      status = 1;
    }
    System.exit(status);
  }

  private int run() throws IOException, InterruptedException {
    Path root = Files.createTempDirectory("kneard-localnet-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(root)));
    net = prepare(root);
    for (HostProcess host : net.hosts()) {
      host.start();
      System.out.printf(
          "%s  socket %s  metrics %s  log %s%n",
          host.name(), host.socket(), host.metricsUrl(), host.log());
      net.kernels().ifPresent(kernels -> tellOfTools(kernels, host));
      await(host, false);
      if (!net.hasConsul()) {
        join(host);
      }
      await(host, host == net.host(1));
    }
    if (options.script() != null) {
      return play(options.script());
    }
    new Screen(net).run();
    return 0;
  }

  private Localnet prepare(Path root) throws IOException, InterruptedException {
    boolean consul = options.lock().equals("consul");
    if (consul) {
      return new Localnet(root, options.hosts(), options.neard(), options.profile())
          .lockWasReleased();
    }
    Localnet clustered =
        Localnet.clustered(root, options.hosts(), options.neard(), options.profile());
    return options.volumes() ? clustered.withVolumes() : clustered;
  }

  private static void tellOfTools(ToolServer kernels, HostProcess host) {
    System.out.printf("%s  %s%n", " ".repeat(host.name().length()), kernels.look(host.name()));
  }

  private void join(HostProcess host) throws IOException {
    try {
      net.joinCluster(host);
    } catch (ControlException e) {
      throw new IOException(host.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Waits until a daemon answers.
   *
   * @param signing whether it has to sign as well, so that scripts know who does, or to wait for
   *     nothing but its volume
   * @throws IOException if it ends before, or takes too long
   */
  private static void await(HostProcess host, boolean signing)
      throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(host, signing)) {
      OptionalInt end = host.daemon().exit(Duration.ofMillis(50));
      if (end.isPresent()) {
        throw new IOException(
            "%s: its daemon ended with status %d:%n%s"
                .formatted(host.name(), end.getAsInt(), lastLines(host)));
      }
      if (System.nanoTime() - giveUp >= 0) {
        throw new IOException(
            "%s %s within %d s:%n%s"
                .formatted(
                    host.name(),
                    signing ? "does not sign" : "does not answer",
                    PATIENCE.toSeconds(),
                    lastLines(host)));
      }
    }
  }

  private static boolean answers(HostProcess host, boolean signing) {
    try {
      StatusReport status = host.control().status();
      boolean waits = status.volume() != null && status.volume().waitingSince() != null;
      return status.key().equals("live") || waits || !signing;
    } catch (ControlException e) {
      return false; // not yet
    }
  }

  private static String lastLines(HostProcess host) throws IOException {
    List<String> lines = Files.readAllLines(host.log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private int play(Options.Lines lines) throws IOException, InterruptedException {
    Script script = new Script(net, System.out);
    int number = 0;
    for (String line : lines.lines()) {
      number++;
      try {
        script.perform(line);
      } catch (Script.Failure e) {
        System.out.printf("FAILED %s:%d: %s%n", lines.file(), number, e.getMessage());
        return 1;
      }
    }
    System.out.println("the script held");
    return 0;
  }

  private void cleanUp(Path root) {
    try {
      if (net != null) {
        net.close();
      }
      if (options.keep()) {
        System.out.println("kept: " + root);
      } else {
        Scratch.delete(root);
      }
    } catch (IOException e) {
      System.err.println("localnet: not everything could be cleaned up: " + e);
    }
  }
}

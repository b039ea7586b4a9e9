package io.kneard.localnet;

import io.kneard.testbed.Checkout;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Localnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The program behind {@code tests/localnet}. */
public final class LocalnetMain {
  private final Options options;

  private LocalnetMain(Options options) {
    this.options = options;
  }

  /** Exit status: 0, 1 if the script did not hold, 2 wrong arguments. */
  public static void main(String[] args) throws Exception {
    int status;
    try {
      status = new LocalnetMain(Options.parse(args)).run();
    } catch (IllegalArgumentException e) {
      System.err.println("localnet: " + e.getMessage());
      status = 2;
    }
    System.exit(status);
  }

  private int run() throws IOException, InterruptedException {
    Path root = Files.createTempDirectory("kneard-localnet-");
    Localnet net = new Localnet(root, options.hosts(), options.neard(), options.profile());
    Thread cleaner = new Thread(() -> cleanUp(net));
    Runtime.getRuntime().addShutdownHook(cleaner);
    for (HostProcess host : net.hosts()) {
      host.start();
      System.out.printf(
          "%s  socket %s  metrics %s  log %s%n",
          host.name(), host.socket(), host.metricsUrl(), host.log());
      awaitFirstSigner(net);
    }
    if (options.script() != null) {
      return play(net, Files.readAllLines(options.script()));
    }
    new Screen(net).run();
    return 0;
  }

  /** The first host signs before the others start, so that scripts know who does. */
  private static void awaitFirstSigner(Localnet net) throws IOException, InterruptedException {
    for (int i = 0; i < 300 && !signed(net); i++) {
      Thread.sleep(100);
    }
  }

  private static boolean signed(Localnet net) throws IOException {
    return Files.readString(net.chain().ledger()).contains("kind=sign ");
  }

  private int play(Localnet net, List<String> lines) throws IOException, InterruptedException {
    Script script = new Script(net, System.out);
    for (int i = 0; i < lines.size(); i++) {
      try {
        script.perform(lines.get(i));
      } catch (Script.Failure e) {
        System.out.printf("FAILED %s:%d: %s%n", options.script(), i + 1, e.getMessage());
        return 1;
      }
    }
    System.out.println("the script held");
    return 0;
  }

  private void cleanUp(Localnet net) {
    try {
      net.close();
      if (options.keep()) {
        System.out.println("kept: " + net.root());
        return;
      }
      try (Stream<Path> all = Files.walk(net.root())) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    } catch (IOException e) {
      System.err.println("localnet: not everything could be cleaned up: " + e);
    }
  }

  private record Options(int hosts, Path neard, String profile, Path script, boolean keep) {
    static Options parse(String... args) {
      Options options = new Options(3, Checkout.standIn(), "fast", null, false);
      for (int i = 0; i < args.length; i++) {
        if (args[i].equals("--keep")) {
          options = options.with("--keep", "");
        } else if (i + 1 < args.length) {
          options = options.with(args[i], args[++i]);
        } else {
          throw new IllegalArgumentException(args[i] + ": unknown, or its value is missing");
        }
      }
      return options;
    }

    private Options with(String name, String value) {
      return switch (name) {
        case "--hosts" -> new Options(number(value), neard, profile, script, keep);
        case "--neard" -> new Options(hosts, Path.of(value), profile, script, keep);
        case "--profile" -> new Options(hosts, neard, value, script, keep);
        case "--script" -> new Options(hosts, neard, profile, Path.of(value), keep);
        case "--keep" -> new Options(hosts, neard, profile, script, true);
        default -> throw new IllegalArgumentException(name + ": unknown");
      };
    }

    private static int number(String value) {
      int hosts = Integer.parseInt(value);
      if (hosts < 1 || hosts > 9) {
        throw new IllegalArgumentException("--hosts " + value + ": 1 to 9");
      }
      return hosts;
    }
  }
}

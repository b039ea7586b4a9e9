package io.kneard.bench;

import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import io.kneard.testbed.Checkout;
import io.kneard.testbed.ConsulServer;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.NeardHome;
import io.kneard.testbed.NetPlan;
import io.kneard.testbed.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a daemon costs its host, with and without the archive of classes. */
final class FootprintBench implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ANSWERS = 20;
  private static final double MEGA = 1e6;

  /** The JDK's own archive, in place of the daemon's. */
  private static final Map<String, String> WITHOUT =
      Map.of(
          "KNEARD_JAVA_OPTS",
          "-XX:SharedArchiveFile=" + System.getProperty("java.home") + "/lib/server/classes.jsa");

  private record Variant(String name, HostProcess host, Map<String, String> environment) {}

  private final Path root;
  private final ConsulServer consul;
  private final ReadySocket ready;
  private final List<Variant> variants;

  private FootprintBench(Path root) throws IOException, InterruptedException {
    this.root = root;
    this.consul = ConsulServer.start(Files.createDirectories(root.resolve("consul")));
    this.ready = new ReadySocket(root.resolve("notify"));
    this.variants = List.of(variant("as shipped", Map.of()), variant("without archive", WITHOUT));
  }

  /**
   * Measures and prints.
   *
   * @param minutes how long they validate
   * @param starts how often each is started
   */
  static void print(int minutes, int starts) throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create("kneard-bench-");
        FootprintBench bench = new FootprintBench(scratch.folder())) {
      bench.startUp(starts);
      bench.idle(Duration.ofMinutes(minutes));
    }
  }

  /** Each has an account, and so a lock, of its own: all of them validate. */
  private Variant variant(String name, Map<String, String> more) throws IOException {
    String word = name.replace(' ', '-');
    Path folder = Files.createDirectories(root.resolve(word));
    Chain chain = Chain.startingNow(word, 1000, 300, Files.createFile(folder.resolve("ledger")));
    NetPlan plan =
        new NetPlan(folder, word, Checkout.standIn(), "reference", Optional.of(chain.ledger()));
    SignerKey.generate(plan.key(), word);
    NeardHome home = NeardHome.create(folder.resolve("home"), "host", chain);
    HostProcess host = new HostProcess("host", plan, home, consul.url().getPort());
    Map<String, String> environment = new HashMap<>(more);
    environment.put("NOTIFY_SOCKET", ready.path().toString());
    return new Variant(name, host, environment);
  }

  private void startUp(int rounds) throws IOException, InterruptedException {
    long[][] millis = new long[variants.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < variants.size(); i++) {
        ready.clear();
        long begin = System.nanoTime();
        variants.get(i).host().start(variants.get(i).environment());
        ready.await(PATIENCE);
        millis[i][round] = (System.nanoTime() - begin) / 1_000_000;
        variants.get(i).host().daemon().kill();
      }
    }
    System.out.printf("start until it supervises, %d rounds%n", rounds);
    for (int i = 0; i < variants.size(); i++) {
      Arrays.sort(millis[i]);
      System.out.printf(
          "  %-16s median %5d ms  worst %5d ms%n",
          variants.get(i).name(), millis[i][rounds / 2], millis[i][rounds - 1]);
    }
  }

  private void idle(Duration time) throws IOException, InterruptedException {
    for (Variant each : variants) {
      each.host().start(each.environment());
      awaitValidating(each);
    }
    new Answers(variants.get(0).host()).print(ANSWERS);
    Thread.sleep(time.dividedBy(2).toMillis());
    long halfway = System.nanoTime();
    long[] ticks = new long[variants.size()];
    for (int i = 0; i < ticks.length; i++) {
      ticks[i] = footprint(variants.get(i)).cpuTicks();
    }
    Thread.sleep(time.dividedBy(2).toMillis());
    double seconds = (System.nanoTime() - halfway) / 1e9;
    System.out.printf("validating for %d min; wanted: at most 90 MB resident%n", time.toMinutes());
    for (int i = 0; i < ticks.length; i++) {
      Footprint now = footprint(variants.get(i));
      System.out.printf(
          "  %-16s resident %5.1f MB, of that no file's %5.1f MB; CPU in the second half %.2f %%%n",
          variants.get(i).name(),
          now.residentBytes() / MEGA,
          now.ownBytes() / MEGA,
          (now.cpuTicks() - ticks[i]) / seconds); // a tick is a hundredth of a second
    }
  }

  private static void awaitValidating(Variant variant) throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!variant.host().state().equals("Validating")) {
      if (System.nanoTime() - giveUp >= 0) {
        throw new IOException(variant.name() + " does not validate, see " + variant.host().log());
      }
      Thread.sleep(200);
    }
  }

  private static Footprint footprint(Variant variant) throws IOException {
    return Footprint.of(variant.host().daemon().pid());
  }

  @Override
  public void close() throws IOException {
    for (Variant each : variants) {
      try {
        each.host().close();
      } catch (IOException e) {
        System.err.println(each.name() + ": " + e.getMessage());
      }
    }
    consul.close();
    ready.close();
  }
}

package io.kneard.localnet;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.ctl.api.StatusReport;
import io.kneard.ctl.api.SwitchoverRequest;
import io.kneard.drbdstandin.Hosts;
import io.kneard.drbdstandin.ToolServer;
import io.kneard.ledger.Ledger;
import io.kneard.ledger.LedgerCheck;
import io.kneard.ledger.Verdict;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Kneardctl;
import io.kneard.testbed.Localnet;
import io.kneard.testbed.Signals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries out one command a line. The commands and their arguments are in {@code
 * tests/scripts/README.md}.
 */
final class Script {
  private static final Duration ANSWERS = Duration.ofSeconds(1);

  private final Localnet net;
  private final PrintStream out;

  Script(Localnet net, PrintStream out) {
    this.net = net;
    this.out = out;
  }

  /** What was expected did not happen. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message);
    }
  }

  /** Carries out a line; an empty one, or one that begins with #, does nothing. */
  void perform(String line) throws Failure, IOException, InterruptedException {
    String[] words = line.strip().split("\\s+", 3);
    if (words[0].isEmpty() || words[0].startsWith("#")) {
      return;
    }
    out.println("> " + line.strip());
    try {
      switch (words[0]) {
        case "sleep" -> Thread.sleep((long) (Double.parseDouble(words[1]) * 1000));
        case "freeze-consul" -> net.consul().freeze();
        case "thaw-consul" -> net.consul().thaw();
        case "kill-consul" -> net.consul().kill();
        case "start-consul" -> net.consul().start();
        case "check-ledger" -> checkLedger(words);
        default -> onHost(words, net.host(Integer.parseInt(words[1])));
      }
    } catch (IllegalStateException e) {
      throw new Failure(words[0] + ": " + e.getMessage() + ", it takes --lock consul");
    } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException e) {
      throw new Failure("wrong command: " + e.getMessage());
    } catch (ControlException e) {
      throw new Failure(e.getMessage());
    }
  }

  private void onHost(String[] words, HostProcess host)
      throws Failure, IOException, InterruptedException, ControlException {
    switch (words[0]) {
      case "start", "restart" -> restart(host);
      case "stop" -> host.stop();
      case "kill" -> host.daemon().kill();
      case "power-off" -> powerOff(host);
      case "ctl" -> ctl(host, words[2].split("\\s+"));
      case "open", "close" ->
          kernels(words[0]).open(host.name(), "kneard-" + words[2], words[0].equals("open"));
      case "freeze" -> host.daemon().signal("STOP");
      case "thaw" -> host.daemon().signal("CONT");
      case "kill-neard" -> signal("KILL", host.neard());
      case "freeze-neard" -> signal("STOP", host.neard());
      case "thaw-neard" -> signal("CONT", host.neard());
      case "kill-fence" -> signal("KILL", host.fence());
      case "isolate" -> host.consul().cut();
      case "heal" -> host.consul().heal();
      case "faults" -> misbehave(host, words[2]);
      case "wait" -> await(host, words[2].split("\\s+"));
      case "expect-signer" -> expectSigner(host, Double.parseDouble(words[2]));
      case "switchover" ->
          out.println(host.control().switchover(new SwitchoverRequest(target(words))).message());
      case "pause" -> host.control().pause();
      case "resume" -> host.control().resume();
      case "maintenance" ->
          out.println(
              host.control().planMaintenance(new MaintenanceRequest(null, null, null)).message());
      default -> throw new IllegalArgumentException(words[0] + " is no command");
    }
  }

  private void misbehave(HostProcess host, String json) throws Failure, IOException {
    requireStandIns("faults");
    host.home().faults(json);
  }

  private void requireStandIns(String command) throws Failure {
    if (!net.hasStandIns()) {
      throw new Failure(command + ": only with the stand-in for neard");
    }
  }

  private String target(String[] words) {
    return words.length < 3 ? null : net.host(Integer.parseInt(words[2])).name();
  }

  private Hosts kernels(String command) throws Failure {
    return net.kernels()
        .map(ToolServer::hosts)
        .orElseThrow(() -> new Failure(command + ": only with --volumes"));
  }

  private void powerOff(HostProcess host) throws Failure, InterruptedException {
    Hosts kernels = kernels("power-off");
    host.daemon().kill();
    kernels.crash(host.name());
  }

  private void ctl(HostProcess host, String[] line)
      throws Failure, IOException, InterruptedException {
    Kneardctl ran = Kneardctl.run(host.socket(), line);
    out.print(ran.out().indent(2));
    if (ran.status() != 0) {
      throw new Failure("kneardctl ended with %d: %s".formatted(ran.status(), ran.err().strip()));
    }
  }

  private void restart(HostProcess host) throws IOException, InterruptedException {
    net.kernels().ifPresent(kernels -> kernels.hosts().boot(host.name()));
    if (host.daemon() != null && host.daemon().alive()) {
      host.stop();
    }
    host.start();
  }

  private static void signal(String name, OptionalLong pid) throws Failure {
    Signals.send(name, pid.orElseThrow(() -> new Failure("there is no such process")));
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private void until(String what, double seconds, Condition condition)
      throws Failure, IOException, InterruptedException {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start >= seconds * 1e9) {
        throw new Failure(what + ": not within " + seconds + " s");
      }
      Thread.sleep(20);
    }
    out.printf("  %s after %d ms%n", what, (System.nanoTime() - start) / 1_000_000);
  }

  private void await(HostProcess host, String[] stateAndSeconds)
      throws Failure, IOException, InterruptedException {
    String wanted = stateAndSeconds[0];
    double seconds = Double.parseDouble(stateAndSeconds[1]);
    until(host.name() + " is " + wanted, seconds, () -> host.state().equals(wanted));
  }

  /** The host signs a block that is newer than this moment. */
  private void expectSigner(HostProcess host, double seconds)
      throws Failure, IOException, InterruptedException {
    until(host.name() + " signs", seconds, net.hasStandIns() ? signature(host) : newBlock(host));
  }

  private Condition signature(HostProcess host) throws IOException {
    Path ledger = net.chain().ledger();
    long begin = Files.size(ledger);
    return () ->
        Files.readString(ledger)
            .substring((int) begin)
            .lines()
            .anyMatch(l -> l.contains(" node=" + host.name() + " ") && l.contains("kind=sign "));
  }

  /** As far as its daemon can tell: neard has the key, and its chain goes on. */
  private static Condition newBlock(HostProcess host) {
    AtomicLong begin = new AtomicLong(Long.MAX_VALUE);
    return () -> {
      try {
        StatusReport status = host.control().withTimeout(ANSWERS).status();
        Long height = status.neard().height();
        if (!status.key().equals("live") || height == null) {
          return false;
        }
        begin.compareAndSet(Long.MAX_VALUE, height);
        return height > begin.get();
      } catch (ControlException e) {
        return false;
      }
    };
  }

  private void checkLedger(String[] words) throws Failure, IOException {
    requireStandIns("check-ledger");
    Verdict verdict = Ledger.judge(net.chain().ledger());
    out.print(LedgerCheck.text(verdict).indent(2));
    if (!verdict.oneSignerAtATime() || !verdict.unreadable().isEmpty()) {
      throw new Failure("the ledger is not in order");
    }
    long longest = words.length < 2 ? Long.MAX_VALUE : Long.parseLong(words[1]);
    for (Verdict.Handover handover : verdict.handovers()) {
      if (handover.gapMillis() > longest) {
        throw new Failure(handover + ": longer than " + longest + " ms");
      }
    }
  }
}

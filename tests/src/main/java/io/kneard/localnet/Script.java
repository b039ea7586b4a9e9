package io.kneard.localnet;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.ctl.api.SwitchoverRequest;
import io.kneard.ledger.Ledger;
import io.kneard.ledger.LedgerCheck;
import io.kneard.ledger.Verdict;
import io.kneard.standin.Chain;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Localnet;
import io.kneard.testbed.Signals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.OptionalLong;

/**
 * Carries out one command a line. The commands and their arguments are in {@code
 * tests/scripts/README.md}.
 */
final class Script {
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
      case "freeze" -> host.daemon().signal("STOP");
      case "thaw" -> host.daemon().signal("CONT");
      case "kill-neard" -> signal("KILL", host.neard());
      case "freeze-neard" -> signal("STOP", host.neard());
      case "thaw-neard" -> signal("CONT", host.neard());
      case "kill-fence" -> signal("KILL", host.fence());
      case "isolate" -> host.consul().cut();
      case "heal" -> host.consul().heal();
      case "faults" -> host.home().faults(words[2]);
      case "wait" -> await(host, words[2].split("\\s+"));
      case "expect-signer" -> expectSigner(host, Double.parseDouble(words[2]));
      case "switchover" ->
          out.println(host.control().switchover(new SwitchoverRequest(target(words))).message());
      case "maintenance" ->
          out.println(
              host.control().planMaintenance(new MaintenanceRequest(null, null, null)).message());
      default -> throw new IllegalArgumentException(words[0] + " is no command");
    }
  }

  private String target(String[] words) {
    return words.length < 3 ? null : net.host(Integer.parseInt(words[2])).name();
  }

  private static void restart(HostProcess host) throws IOException, InterruptedException {
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
    Chain chain = net.chain();
    long begin = Files.size(chain.ledger());
    until(
        host.name() + " signs",
        seconds,
        () ->
            Files.readString(chain.ledger())
                .substring((int) begin)
                .lines()
                .anyMatch(
                    l -> l.contains(" node=" + host.name() + " ") && l.contains("kind=sign ")));
  }

  private void checkLedger(String[] words) throws Failure, IOException {
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

package io.kneard.bench;

import io.kneard.ctl.api.ControlException;
import io.kneard.ledger.Ledger;
import io.kneard.standin.Chain;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Localnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long nobody can sign after a fault: from the fault, or from when the old signer gave its key
 * up in order, until another process has the key, as the ledger shows it.
 */
final class GapBench implements AutoCloseable {
  /** A host leaves the lock to others for 10 s after it handed over. */
  private static final long BETWEEN_ROUNDS_MILLIS = 11_000;

  private static final long PATIENCE_SECONDS = 180;
  private static final Pattern LINE =
      Pattern.compile("(?m)^clock=(\\d+) wall=\\d+ node=(\\S+) pid=\\d+ kind=(sign-st\\w+) ");

  private final Localnet net;

  private GapBench(Localnet net) {
    this.net = net;
  }

  /** Starts hosts with such settings. */
  static GapBench start(Path root, Column column) throws Exception {
    Localnet net = column.net(root);
    GapBench bench = new GapBench(net);
    for (HostProcess host : net.hosts()) {
      column.apply(host);
      host.start();
      if (!net.hasConsul()) {
        until(() -> Optional.of(key(host)).filter(key -> !key.equals("unknown")));
        net.joinCluster(host);
      }
    }
    return bench;
  }

  /** The gaps of so many rounds, in milliseconds, shortest first. */
  List<Long> run(Fault fault, int rounds) throws Exception {
    List<Long> gaps = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      gaps.add(round(fault));
    }
    return gaps.stream().sorted().toList();
  }

  private long round(Fault fault) throws Exception {
    HostProcess signer = ready();
    TimeUnit.MILLISECONDS.sleep(BETWEEN_ROUNDS_MILLIS);
    long struck = Chain.uptimeMillis();
    fault.strike(signer);
    long gap = until(() -> gap(struck));
    fault.mend(signer);
    return gap;
  }

  /** Waits until one host signs and the other could take over. */
  private HostProcess ready() throws Exception {
    return until(
        () -> {
          Optional<HostProcess> signer = Optional.empty();
          boolean standby = false;
          for (HostProcess host : net.hosts()) {
            String key = key(host);
            if (key.equals("live")) {
              signer = Optional.of(host);
            }
            standby |= key.equals("out") && host.state().equals("Voting");
          }
          return standby ? signer : Optional.empty();
        });
  }

  private static String key(HostProcess host) {
    try {
      return host.control().status().key();
    } catch (ControlException e) {
      return "unknown";
    }
  }

  private Optional<Long> gap(long struck) throws IOException {
    long from = struck;
    for (Matcher m = LINE.matcher(Files.readString(net.chain().ledger())); m.find(); ) {
      long clock = Long.parseLong(m.group(1));
      if (clock >= struck && m.group(3).equals("sign-stop")) {
        from = clock;
      } else if (clock >= struck) {
        return Optional.of(clock - from);
      }
    }
    return Optional.empty();
  }

  private interface Look<T> {
    Optional<T> look() throws Exception;
  }

  private static <T> T until(Look<T> look) throws Exception {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Optional<T> seen = look.look();
    while (seen.isEmpty()) {
      if (System.nanoTime() - giveUp >= 0) {
        throw new IOException("not within %d s".formatted(PATIENCE_SECONDS));
      }
      TimeUnit.MILLISECONDS.sleep(50);
      seen = look.look();
    }
    return seen.get();
  }

  /** Whether two ever signed at once. */
  boolean oneSignerAtATime() throws IOException {
    return Ledger.judge(net.chain().ledger()).oneSignerAtATime();
  }

  @Override
  public void close() throws IOException {
    net.close();
  }
}

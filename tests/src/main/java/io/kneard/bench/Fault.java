package io.kneard.bench;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.SwitchoverRequest;
import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Signals;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What ends a host's signing, and what brings the host back afterwards. */
enum Fault {
  SWITCHOVER("planned switchover", "1 s, fast, hot") {
    @Override
    void strike(HostProcess signer) throws ControlException {
      signer.control().switchover(new SwitchoverRequest(null));
    }
  },
  CRASH("neard crashes", "2 s, fast, hot") {
    @Override
    void strike(HostProcess signer) throws IOException {
      Signals.send("KILL", signer.neard().orElseThrow());
    }
  },
  DAEMON_KILL("daemon SIGKILL", "21 s in fast, 8 s own database") {
    @Override
    void strike(HostProcess signer) throws InterruptedException {
      signer.daemon().kill();
    }

    @Override
    void mend(HostProcess host) throws IOException {
      host.start();
    }
  },
  HOST_LOSS("host loss", "21 s in fast, 8 s own database") {
    @Override
    void strike(HostProcess signer) throws IOException, InterruptedException {
      signer.cutOff();
      OptionalLong fence = signer.fence();
      Signals.send("KILL", signer.neard().orElseThrow());
      Signals.send("KILL", fence.orElseThrow());
      signer.daemon().kill();
    }

    @Override
    void mend(HostProcess host) throws IOException {
      host.reconnect();
      host.start();
    }
  };

  private final String title;
  private final String wanted;

  Fault(String title, String wanted) {
    this.title = title;
    this.wanted = wanted;
  }

  /**
   * The fault of that name.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  static Fault named(String word) {
    for (Fault each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        word + ": no such fault; there are " + Stream.of(values()).map(Fault::word).toList());
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String title() {
    return title;
  }

  /** The longest gap that is wanted. */
  String wanted() {
    return wanted;
  }

  abstract void strike(HostProcess signer)
      throws IOException, InterruptedException, ControlException;

  void mend(HostProcess host) throws IOException {}
}

package io.kneard.localnet;

import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Localnet;
import java.io.IOException;

/** The live table and its keys; plain lines without a terminal. */
final class Screen {
  private static final String KEYS =
      "1-9 host | k kill daemon  n kill neard  f freeze/thaw  i isolate/heal  s switchover"
          + "  m maintenance  r restart  c check ledger  q quit";

  private final Localnet net;
  private final boolean terminal = Boolean.getBoolean("localnet.terminal");
  private final Script script;
  private int selected = 1;
  private final java.util.Set<Integer> frozen = new java.util.HashSet<>();

  Screen(Localnet net) {
    this.net = net;
    this.script = new Script(net, System.out);
  }

  /** Until q. */
  void run() throws IOException, InterruptedException {
    if (terminal) {
      System.out.println(KEYS);
    }
    while (true) {
      for (int i = 0; i < 20; i++) {
        while (terminal && System.in.available() > 0) {
          int key = System.in.read();
          if (key == 'q') {
            return;
          }
          press(key);
        }
        Thread.sleep(50);
      }
      System.out.println(line());
    }
  }

  private void press(int key) throws IOException, InterruptedException {
    String command =
        switch (key) {
          case 'k' -> "kill";
          case 'n' -> "kill-neard";
          case 'f' -> frozen.contains(selected) ? "thaw" : "freeze";
          case 'i' -> net.host(selected).consul().isCut() ? "heal" : "isolate";
          case 's' -> "switchover";
          case 'm' -> "maintenance";
          case 'r' -> "restart";
          case 'c' -> "check-ledger";
          default -> "";
        };
    if (key >= '1' && key < '1' + net.hosts().size()) {
      selected = key - '0';
    } else if (!command.isEmpty()) {
      if (command.equals("freeze")) {
        frozen.add(selected);
      } else if (command.equals("thaw") || command.equals("restart")) {
        frozen.remove(selected);
      }
      try {
        script.perform(command.equals("check-ledger") ? command : command + " " + selected);
      } catch (Script.Failure e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private String line() throws IOException {
    StringBuilder out = new StringBuilder();
    for (HostProcess host : net.hosts()) {
      out.append(
          "%s%s %-11s %s%s | "
              .formatted(
                  terminal && host == net.host(selected) ? "*" : "",
                  host.name(),
                  host.state(),
                  java.nio.file.Files.exists(host.home().slot()) ? "KEY" : "   ",
                  host.consul().isCut() ? " isolated" : ""));
    }
    return out + "height " + net.chain().heightAt(io.kneard.standin.Chain.uptimeMillis());
  }
}

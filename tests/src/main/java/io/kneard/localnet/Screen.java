package io.kneard.localnet;

import io.kneard.testbed.Localnet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The live table and its keys; a line a second without a terminal. */
final class Screen {
  private static final String KEYS =
      """
      1-9 choose a host   k kill its daemon   n kill its neard   f freeze/thaw   i isolate/heal
      s switchover   m maintenance shutdown   t stop in order   r (re)start   c check the ledger
      q quit
      """;

  private static final String KEYS_WITH_VOLUMES =
      """
      p cut its power; r starts it again
      """;

  private static final int NEWS = 12;

  private final Localnet net;
  private final Table table;
  private final boolean terminal = Boolean.getBoolean("localnet.terminal");
  private final ByteArrayOutputStream news = new ByteArrayOutputStream();
  private final Script script;
  private final Set<Integer> frozen = new HashSet<>();
  private int selected = 1;

  Screen(Localnet net) {
    this.net = net;
    this.table = new Table(net);
    this.script = new Script(net, new PrintStream(news, true, StandardCharsets.UTF_8));
  }

  /** Until q. */
  void run() throws IOException, InterruptedException {
    if (!terminal) {
      watch();
      return;
    }
    Terminal keys = Terminal.ofSingleKeys();
    try {
      watch();
    } finally {
      keys.close();
    }
  }

  private void watch() throws IOException, InterruptedException {
    while (true) {
      show();
      for (int i = 0; i < 20; i++) {
        if (terminal && System.in.available() > 0) {
          int key = System.in.read();
          if (key == 'q') {
            return;
          }
          press(key);
          show();
        }
        Thread.sleep(50);
      }
    }
  }

  private void show() throws IOException {
    if (!terminal) {
      System.out.println(table.line());
      return;
    }
    StringBuilder page = new StringBuilder("\033[H\033[2J").append(KEYS);
    page.append(net.kernels().isPresent() ? KEYS_WITH_VOLUMES : "").append('\n');
    page.append(table.page(selected, frozen)).append('\n');
    List<String> lines = news.toString(StandardCharsets.UTF_8).lines().toList();
    lines
        .subList(Math.max(0, lines.size() - NEWS), lines.size())
        .forEach(line -> page.append(line).append('\n'));
    System.out.print(page);
    System.out.flush();
  }

  private void press(int key) throws IOException, InterruptedException {
    if (key >= '1' && key < '1' + net.hosts().size()) {
      selected = key - '0';
      return;
    }
    String command =
        switch (key) {
          case 'k' -> "kill";
          case 'n' -> "kill-neard";
          case 'f' -> frozen.contains(selected) ? "thaw" : "freeze";
          case 'i' -> net.host(selected).isCutOff() ? "heal" : "isolate";
          case 's' -> "switchover";
          case 'm' -> "maintenance";
          case 't' -> "stop";
          case 'r' -> "restart";
          case 'c' -> "check-ledger";
          case 'p' -> net.kernels().isPresent() ? "power-off" : "";
          default -> "";
        };
    if (!command.isEmpty()) {
      perform(command);
    }
  }

  private void perform(String command) throws IOException, InterruptedException {
    if (command.equals("freeze")) {
      frozen.add(selected);
    } else if (Set.of("thaw", "restart", "kill", "stop", "power-off").contains(command)) {
      frozen.remove(selected);
    }
    try {
      script.perform(command.equals("check-ledger") ? command : command + " " + selected);
    } catch (Script.Failure e) {
      news.writeBytes((e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}

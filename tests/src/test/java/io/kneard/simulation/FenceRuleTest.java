package io.kneard.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.lock.LockTiming;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fence of the simulation decides as the script that ships: both are given the same orders at
 * the same times of the same two clocks, and say the same. The script is run as it is, except that
 * its two clocks are read from a file.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FenceRuleTest {
  private static final Path FENCE = Path.of("../daemon/src/main/fence/kneard-fence");
  private static final int ORDERS = 12;

  @TempDir Path folder;

  private long uptime = 5_000_000;
  private long wall = 1_700_000_000_000L;

  @Test
  void aStandstillThatIsNotNoticedUsesUpLessThanHalfOfTheReserve() throws Exception {
    assertThat(Files.readString(FENCE)).contains("readonly JUMP=" + FenceRule.JUMP + " ");
    assertThat(FenceRule.JUMP).isLessThan(LockTiming.KILL_RESERVE.toMillis() / 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void scriptAndTwinSayTheSame(long seed) throws Exception {
    Chance chance = new Chance(seed);
    long deadline = chance.happens(0.5) ? uptime + 10 * chance.between(1, 2_000) : FenceRule.NONE;
    FenceRule twin = new FenceRule(Measures.all(), deadline, wall - uptime);
    List<String> expected = new ArrayList<>(List.of("started"));
    List<String> orders = new ArrayList<>();
    setClocks();
    try (Script script = new Script(deadline)) {
      assertThat(script.hear()).startsWith("started ");
      List<String> heard = new ArrayList<>(List.of("started"));
      while (orders.size() < ORDERS && !ended(expected)) {
        advance(chance);
        String order = order(chance);
        orders.add(order);
        obey(twin, order, expected);
        script.order(order);
        while (heard.size() < expected.size()) {
          heard.add(withoutNumbers(script.hear()));
        }
        assertThat(heard).as("orders %s", orders).isEqualTo(expected);
      }
    }
  }

  private void advance(Chance chance) throws IOException {
    long step = 10 * chance.between(0, 300);
    uptime += step;
    wall += step;
    if (chance.happens(0.4)) {
      wall += chance.between(-250, 250);
    }
    setClocks();
  }

  private String order(Chance chance) {
    long time = uptime + 10 * chance.between(-20, 600);
    return switch (chance.below(5)) {
      case 0, 1 -> "deadline " + time;
      case 2 -> "deadline none";
      case 3 -> "term " + time;
      default -> "hup";
    };
  }

  /** What {@code Fence.obey} does with the rule. */
  private void obey(FenceRule twin, String order, List<String> expected) {
    guard(twin, expected);
    if (ended(expected)) {
      return;
    }
    String[] words = order.split(" ", -1);
    long time =
        words.length > 1 && !words[1].equals("none") ? Long.parseLong(words[1]) : FenceRule.NONE;
    if (words[0].equals("deadline")) {
      twin.deadline(time);
    } else if (words[0].equals("term")) {
      twin.term(time);
    }
    expected.add(order);
    guard(twin, expected);
  }

  private void guard(FenceRule twin, List<String> expected) {
    switch (twin.guard(uptime, wall - uptime)) {
      case NO -> {}
      case NOT_STOPPED_IN_TIME -> expected.add("killed it did not stop in time after SIGTERM");
      case DEADLINE_PASSED -> expected.add("killed the deadline passed by # ms");
      case CLOCK_JUMPED -> expected.add("killed the wall clock jumped by # ms against the uptime");
    }
  }

  private static boolean ended(List<String> lines) {
    return lines.get(lines.size() - 1).startsWith("killed");
  }

  private static String withoutNumbers(String line) {
    return line.startsWith("killed") ? line.replaceAll("-?[0-9]+ ms", "# ms") : line;
  }

  private void setClocks() throws IOException {
    Path fresh = folder.resolve("clocks.new");
    Files.writeString(fresh, "%d.%02d %d".formatted(uptime / 1000, uptime % 1000 / 10, wall));
    Files.move(fresh, folder.resolve("clocks"), StandardCopyOption.ATOMIC_MOVE);
  }

  private final class Script implements AutoCloseable {
    private final Process process;
    private final BufferedReader says;
    private final OutputStream orders;

    Script(long deadline) throws IOException {
      Path ready = folder.resolve("ready");
      process =
          new ProcessBuilder(
                  "bash",
                  copyWithOtherClocks().toString(),
                  folder.resolve("lock").toString(),
                  deadline == FenceRule.NONE ? "none" : Long.toString(deadline),
                  "sh",
                  "-c",
                  "trap '' HUP TERM; echo >" + ready + "; while :; do sleep 0.05; done")
              .redirectError(Redirect.DISCARD)
              .start();
      says =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      orders = process.getOutputStream();
      await().until(() -> Files.exists(ready));
    }

    private Path copyWithOtherClocks() throws IOException {
      String script = Files.readString(FENCE);
      String copy =
          script
              .replace("read -r up _ </proc/uptime", "read -r up wall <" + folder + "/clocks")
              .replace("${EPOCHREALTIME/./} / 1000", "wall");
      assertThat(copy).doesNotContain("</proc/uptime").doesNotContain("EPOCHREALTIME");
      return Files.writeString(folder.resolve("fence"), copy);
    }

    void order(String line) throws IOException {
      orders.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      orders.flush();
    }

    String hear() throws IOException {
      return says.readLine();
    }

    @Override
    public void close() {
      process.destroyForcibly(); // the parent-death signal ends the command
    }
  }
}

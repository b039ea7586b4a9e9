package io.kneard.chaos;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.MaintenanceReport;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.ctl.api.ReloadReport;
import io.kneard.ctl.api.StatusReport;
import io.kneard.ctl.api.SwitchoverReport;
import io.kneard.ctl.api.SwitchoverRequest;
import io.kneard.standin.Chain;
import io.kneard.testbed.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Gives one host commands, one after the other, and remembers what was answered "done". A command
 * that was refused, or whose answer is not known, counts for nothing.
 */
final class Operator {
  private static final String RELOADED = "neard.stop-timeout";
  private static final long SOON_BLOCKS = 60;
  private static final long LATE_BLOCKS = 200;

  private enum Pause {
    YES,
    NO,
    UNKNOWN
  }

  private record Planned(long pid, long height) {}

  private final HostProcess host;
  private final Chain chain;
  private final Story story;
  private final List<Planned> planned = new ArrayList<>();
  private Pause pause = Pause.NO;
  private int reloads;
  private int done;
  private int lost;

  Operator(HostProcess host, Chain chain, Story story) {
    this.host = host;
    this.chain = chain;
    this.story = story;
  }

  synchronized void give(Kind command) throws IOException {
    try {
      switch (command) {
        case RELOAD -> reload();
        case PAUSE -> pause();
        case MAINTENANCE -> plan();
        case SWITCHOVER -> handOver();
        default -> throw new IllegalArgumentException(command + " is no command");
      }
      done++;
    } catch (ControlException e) {
      story.say(host.name(), "not done: %s", e.getMessage());
    }
  }

  /** In force means: the same settings change nothing when they are read once more. */
  private void reload() throws IOException, ControlException {
    Path file = host.settingsFile();
    String value = "stop-timeout = \"%ds\"".formatted(60 + ++reloads);
    String old = Files.readString(file);
    Files.writeString(
        file,
        old.contains("stop-timeout")
            ? old.replaceFirst("stop-timeout = \".*\"", value)
            : old.replace("[neard]\n", "[neard]\n" + value + "\n"));
    ReloadReport first = host.control().reload();
    if (first.problems().isEmpty()) {
      ReloadReport second = host.control().reload();
      judge(!second.applied().contains(RELOADED), "a reload was not in force");
    }
  }

  private void pause() throws ControlException {
    pause = Pause.UNKNOWN;
    host.control().pause();
    pause = Pause.YES;
    judgePause();
  }

  /** A host stays as it was told to be, whatever happens to its daemon. */
  private void judgePause() throws ControlException {
    if (pause != Pause.UNKNOWN) {
      boolean paused = host.control().status().paused();
      judge(paused == (pause == Pause.YES), "it is not " + pause + " that the host is paused");
    }
  }

  /**
   * Ends a pause, if there may be one.
   *
   * @return whether there is certainly none any more
   */
  synchronized boolean resume() {
    if (pause == Pause.NO) {
      return true;
    }
    try {
      judgePause();
      pause = Pause.UNKNOWN;
      host.control().resume();
      pause = Pause.NO;
      done++;
      judgePause();
      return true;
    } catch (ControlException e) {
      return pause == Pause.NO;
    }
  }

  private void plan() throws ControlException {
    StatusReport before = host.control().status();
    MaintenanceReport report =
        host.control().planMaintenance(new MaintenanceRequest(null, height() + SOON_BLOCKS, null));
    StatusReport after = host.control().status();
    boolean sameNeard =
        before.neard().pid() != null && before.neard().pid().equals(after.neard().pid());
    if (sameNeard && report.shutdownHeight() != null) {
      planned.add(new Planned(after.neard().pid(), report.shutdownHeight()));
    }
  }

  private void handOver() throws IOException, ControlException {
    long begun = Chain.uptimeMillis();
    SwitchoverReport report = host.control().switchover(new SwitchoverRequest(null));
    if (report.to() != null) {
      String taken = "clock=(\\d+) \\S+ node=%s \\S+ kind=sign-start ".formatted(report.to());
      boolean signs =
          Pattern.compile(taken)
              .matcher(Files.readString(chain.ledger()))
              .results()
              .anyMatch(line -> Long.parseLong(line.group(1)) >= begun);
      judge(signs, "%s was said to have taken over".formatted(report.to()));
    }
  }

  private void judge(boolean held, String complaint) {
    if (!held) {
      lost++;
      story.say(host.name(), "LOST: %s", complaint);
    }
  }

  /** A neard that was to stop at a height does not run on far beyond it. */
  synchronized void judgePlans() throws ControlException {
    long height = height();
    for (Planned plan : planned) {
      boolean runs = ProcessHandle.of(plan.pid()).filter(ProcessHandle::isAlive).isPresent();
      if (runs && height > plan.height() + LATE_BLOCKS) {
        String phase = host.control().maintenance().phase();
        judge(
            phase.equals(MaintenanceReport.FAILED) || phase.equals(MaintenanceReport.CANCELLED),
            "neard was to stop at %d, it is %d, and the plan is %s"
                .formatted(plan.height(), height, phase));
      }
    }
    planned.clear();
  }

  private long height() {
    long blocks = (Chain.uptimeMillis() - chain.genesisMillis()) / chain.blockMillis();
    return chain.firstHeight() + blocks;
  }

  synchronized int done() {
    return done;
  }

  synchronized int lost() {
    return lost;
  }
}

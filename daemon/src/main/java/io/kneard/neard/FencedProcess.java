package io.kneard.neard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * neard below its fence (src/main/fence/kneard-fence): the daemon's end of the fence's orders and
 * messages.
 *
 * <p>Orders are single short lines into a pipe and do not wait for an answer; the answers come to
 * the {@link Listener}, from a thread of this process. Orders to a process that has ended are
 * without effect. Times are nanoseconds of {@link Uptime}.
 */
public final class FencedProcess {

  /** What the fence tells. {@link #exited} is the last call. */
  public interface Listener {
    /** The process runs, and no earlier one that used the same lock file is left. */
    void started(long pid);

    /** The fence has taken the deadline over. */
    void deadlineTaken(long deadline);

    /** SIGKILL was sent: ordered, or the fence's own decision. Told once at most. */
    void killed(String why);

    /**
     * The process is dead, or was never started.
     *
     * @param status exit status, 128 + N after signal N, -1 if unknown or never started
     */
    void exited(int status, String why);
  }

  /**
   * Variables that are meant for the daemon alone: neard must not speak for it to systemd, has no
   * business with its keys, and is slowed down by the launcher's limit on malloc.
   */
  private static final Set<String> OURS =
      Set.of(
          "NOTIFY_SOCKET",
          "WATCHDOG_USEC",
          "WATCHDOG_PID",
          "CREDENTIALS_DIRECTORY",
          "MALLOC_ARENA_MAX");

  /** The exit status after SIGKILL. */
  private static final int KILLED = 128 + 9;

  /** Between two looks whether a process that lost its fence is dead. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /** How long a fence may take to carry a kill out before it counts as hung. */
  private static final Duration KILLS_WITHIN = Duration.ofSeconds(1);

  private final Process fence;
  private final HomeLock home;
  private final OutputStream orders;
  private final Listener listener;
  private volatile long pid = -1;
  private volatile boolean ended;
  private volatile boolean killOrdered;
  private boolean killTold; // of the listening thread
  private boolean lastWord; // of the listening thread
  private volatile String reason;

  private FencedProcess(Process fence, HomeLock home, Listener listener) {
    this.fence = fence;
    this.home = home;
    this.orders = fence.getOutputStream();
    this.listener = listener;
  }

  /**
   * Starts {@code command} below a fence.
   *
   * @param program the fence
   * @param lockFile locked while the process lives; one per neard home
   * @param deadline until when it may live; empty: as long as the daemon does
   * @throws IOException if the fence itself cannot be started
   */
  public static FencedProcess start(
      Path program, Path lockFile, Optional<Long> deadline, List<String> command, Listener listener)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(program.toString());
    line.add(lockFile.toString());
    line.add(text(deadline));
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).redirectError(Redirect.INHERIT);
    builder.environment().keySet().removeAll(OURS);
    Process process = builder.start();
    FencedProcess fenced = new FencedProcess(process, new HomeLock(lockFile), listener);
    Thread reader = new Thread(fenced::listen, "fence");
    reader.setDaemon(true);
    reader.start();
    return fenced;
  }

  /** Until when the process may live; empty: as long as the daemon does. */
  public void deadline(Optional<Long> deadline) {
    order("deadline " + text(deadline));
  }

  /** Sends SIGHUP. */
  public void hangUp() {
    order("hup");
  }

  /** Sends SIGTERM now, and SIGKILL at {@code killAt}. */
  public void terminate(long killAt) {
    order("term " + Uptime.millis(killAt));
  }

  /**
   * Sends SIGKILL now: through the fence, and directly, because the fence may be what hangs. The
   * number is safe to use directly: {@link ProcessHandle} compares the start time as well. A fence
   * that hangs is killed after a second, so that its process is known to be dead.
   */
  public void kill(String why) {
    reason = why;
    killOrdered = true;
    order("kill " + why.replace('\n', ' '));
    if (!ended && pid > 0) {
      ProcessHandle.of(pid).filter(this::isOurs).ifPresent(ProcessHandle::destroyForcibly);
    }
    CompletableFuture.delayedExecutor(KILLS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::killFence);
  }

  /** The process id; empty before it runs. */
  public Optional<Long> pid() {
    return pid > 0 && !ended ? Optional.of(pid) : Optional.empty();
  }

  /** The fence's own process id. */
  public long fencePid() {
    return fence.pid();
  }

  private void killFence() {
    if (!ended) {
      fence.destroyForcibly();
    }
  }

  private boolean isOurs(ProcessHandle handle) {
    return handle.parent().map(ProcessHandle::pid).filter(p -> p == fence.pid()).isPresent();
  }

  private synchronized void order(String line) {
    try {
      orders.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      orders.flush();
    } catch (IOException e) {
      // The fence has ended; its last message, or its silence, says the rest.
    }
  }

  private void listen() {
    Optional<Integer> status = Optional.empty();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(fence.getInputStream(), StandardCharsets.UTF_8), 512)) {
      String line;
      while ((line = lines.readLine()) != null) {
        status = heard(line, status);
      }
    } catch (IOException e) {
      // As good as its end.
    }
    fence.destroyForcibly();
    if (!lastWord) {
      ensureDead();
    }
    ended = true;
    if (killOrdered && pid > 0 && status.orElse(KILLED) == KILLED) {
      tellOfKill(reason); // it was done directly, before the fence could
    }
    String why =
        reason != null ? reason : status.map(FencedProcess::describe).orElse("the fence ended");
    listener.exited(status.orElse(-1), why);
  }

  private void tellOfKill(String why) {
    if (!killTold) {
      killTold = true;
      listener.killed(why);
    }
  }

  private Optional<Integer> heard(String line, Optional<Integer> status) {
    int space = line.indexOf(' ');
    String word = space < 0 ? line : line.substring(0, space);
    String rest = space < 0 ? "" : line.substring(space + 1);
    switch (word) {
      case "started" -> {
        pid = Long.parseLong(rest);
        listener.started(pid);
      }
      case "deadline" -> {
        if (!rest.equals("none")) {
          listener.deadlineTaken(Uptime.fromMillis(Long.parseLong(rest)));
        }
      }
      case "killed" -> {
        reason = reason != null ? reason : "killed by the fence: " + rest;
        tellOfKill(rest);
      }
      case "refused" -> {
        reason = "not started: " + rest;
        lastWord = true;
      }
      case "exited" -> {
        lastWord = true;
        return Optional.of(Integer.parseInt(rest));
      }
      default -> {
        // hup, term: acknowledgements that nobody waits for.
      }
    }
    return status;
  }

  /**
   * The fence is gone without a word on the process, and the kernel has killed the process with it;
   * what that has started itself, such as a script that runs neard, may live on. Until nobody holds
   * the home's lock any more the process does not count as dead, however long it takes.
   */
  private void ensureDead() {
    while (!isFree()) {
      killGroup();
    }
  }

  private boolean isFree() {
    try {
      return home.isFree(LOOK_AGAIN);
    } catch (IOException e) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      return false;
    }
  }

  /** The lock is held, so somebody of the group lives, and its number is still the group's. */
  private void killGroup() {
    if (pid > 0) {
      try {
        new ProcessBuilder("bash", "-c", "kill -KILL -- \"-$0\"", Long.toString(pid))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
      } catch (IOException e) {
        // Once more, after the next look.
      }
    }
  }

  private static String describe(int status) {
    return status > 128 ? "ended by signal " + (status - 128) : "ended with status " + status;
  }

  private static String text(Optional<Long> deadline) {
    return deadline.map(nanos -> Long.toString(Uptime.millis(nanos))).orElse("none");
  }
}

package io.kneard.simulation;

import io.kneard.supervisor.Role;
import java.util.Optional;
import java.util.OptionalLong;

/** What {@code FencedProcess} does: the daemon's end of the fence's orders and messages. */
final class FencedNeard {

  /** As {@code FencedProcess.Listener}. */
  interface Listener {
    void started();

    void deadlineTaken(long deadline);

    void exited(int status, String why);
  }

  private final Daemon daemon;
  private final Listener listener;
  private final Fence fence;
  private boolean started;
  private boolean ended;
  private int status = -1;
  private String reason;

  FencedNeard(Daemon daemon, Role role, Optional<Long> deadline, Listener listener) {
    this.daemon = daemon;
    this.listener = listener;
    Pipe<Fence.Line> messages = new Pipe<>(daemon, this::heard);
    OptionalLong until =
        deadline.isPresent()
            ? OptionalLong.of(daemon.fenceMillis(deadline.get()))
            : OptionalLong.empty();
    this.fence = new Fence(daemon, role, until, messages);
    daemon.host.fences.add(fence);
    messages.open();
    fence.begin();
  }

  void deadline(Optional<Long> deadline) {
    order(Fence.Word.DEADLINE, deadline.map(daemon::fenceMillis).orElse(FenceRule.NONE));
  }

  void hangUp() {
    order(Fence.Word.HUP, 0);
  }

  void terminate(long killAt) {
    order(Fence.Word.TERM, daemon.fenceMillis(killAt));
  }

  void kill(String why) {
    reason = why;
    order(Fence.Word.KILL, 0);
    if (!ended && started && !fence.dead() && daemon.world.measures.daemonKillsDirectly()) {
      fence.neard().kill();
    }
  }

  /** The daemon is gone: the pipe closes. */
  void close() {
    order(Fence.Word.END, 0);
  }

  private void order(Fence.Word word, long millis) {
    if (!fence.dead()) {
      fence.orders.send(new Fence.Order(word, millis, daemon.decidedAt()));
    }
  }

  private void heard(Fence.Line line) {
    switch (line.saying()) {
      case STARTED -> {
        started = true;
        listener.started();
      }
      case DEADLINE -> {
        if (line.number() != FenceRule.NONE) {
          listener.deadlineTaken(daemon.fromFenceMillis(line.number()));
        }
      }
      case KILLED -> reason = reason != null ? reason : "killed by the fence: " + line.text();
      case REFUSED -> reason = "not started: " + line.text();
      case EXITED -> status = (int) line.number();
      case END -> {
        if (started && !fence.neard().dead()) {
          fence.neard().kill();
          fence.neard().whenDead(() -> daemon.later(daemon.host.latency(), this::gone));
        } else {
          gone();
        }
      }
    }
  }

  private void gone() {
    ended = true;
    listener.exited(status, reason != null ? reason : "ended with status " + status);
  }
}

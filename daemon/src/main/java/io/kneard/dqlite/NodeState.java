package io.kneard.dqlite;

import java.time.Duration;

/** What a node's process is doing. */
public sealed interface NodeState {
  /** It is being started. */
  record Starting() implements NodeState {}

  /**
   * It can be connected to.
   *
   * @param pid of the process
   * @param library the library's own version number, such as 11801
   */
  record Running(long pid, int library) implements NodeState {}

  /**
   * It ended by itself or did not start.
   *
   * @param again when it is started again
   */
  record Down(String why, Duration again) implements NodeState {}

  /** It is not started again before somebody has looked; then {@link SupervisedNode#retry}. */
  record Offline(String why) implements NodeState {}

  /** It was told to stop, and has. */
  record Stopped() implements NodeState {}
}

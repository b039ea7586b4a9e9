package io.kneard.drbd;

import io.kneard.datamesh.Report;

/** Where an agent's reports go. Called from the agent's threads. */
public interface Reports {
  /**
   * This is how the host's replica of the volume is now.
   *
   * @param assignment that was seen to when it was so
   */
  void report(Assignment assignment, Report report);
}

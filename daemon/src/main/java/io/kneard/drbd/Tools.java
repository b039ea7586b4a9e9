package io.kneard.drbd;

/** Runs commands. */
public interface Tools {
  /**
   * Runs one to its end, or to its bound. Never throws for what the command does.
   *
   * @throws InterruptedException if this thread is to stop; the command is given up
   */
  Ran run(Command command) throws InterruptedException;
}

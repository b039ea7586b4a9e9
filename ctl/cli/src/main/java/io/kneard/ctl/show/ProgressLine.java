package io.kneard.ctl.show;

import java.io.PrintStream;

/**
 * Where something stands: on a terminal one line that is written over, elsewhere a new line when it
 * has changed enough to be worth one.
 */
public final class ProgressLine {
  /** Fits any terminal: a line that wraps could not be written over. */
  private static final int WIDTH = 79;

  /** Numbers change all the time; a log needs them now and then only. */
  private static final long REPEAT_NANOS = 60_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private String shown = "";
  private long shownAt;

  /**
   * Shows nothing yet.
   *
   * @param out null to show nothing at all
   * @param terminal whether a line can be written over
   */
  public ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows a line in place of the one before. */
  public synchronized void show(String line) {
    if (out == null || line.equals(shown)) {
      return;
    }
    String text = Plain.line(line);
    if (terminal) {
      String cut = text.substring(0, Math.min(text.length(), WIDTH));
      out.print(
          "\r" + cut + " ".repeat(Math.max(0, Math.min(shown.length(), WIDTH) - cut.length())));
      out.flush();
    } else {
      boolean onlyNumbers = words(line).equals(words(shown));
      if (onlyNumbers && System.nanoTime() - shownAt < REPEAT_NANOS) {
        return;
      }
      out.println(text);
      shownAt = System.nanoTime();
    }
    shown = line;
  }

  private static String words(String line) {
    return line.replaceAll("\\d+", "");
  }

  /** Leaves the line as it is and goes to the next one. */
  public synchronized void end() {
    if (out != null && terminal && !shown.isEmpty()) {
      out.println();
      shown = "";
    }
  }
}

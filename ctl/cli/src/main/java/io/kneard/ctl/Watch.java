package io.kneard.ctl;

import io.kneard.ctl.api.ControlException;
import io.kneard.ctl.api.ControlProblem;
import io.kneard.ctl.api.Problem;
import io.kneard.ctl.show.Plain;
import java.io.IOException;
import java.util.function.Function;

/** Shows the same thing again every second, on a terminal in place of what was there. */
final class Watch<T> {
  /** Cursor to the upper left corner; clear what is below. */
  private static final String REDRAW = "\u001b[H\u001b[J";

  private static final String CLEAR = "\u001b[2J";

  /** What is looked at. */
  interface Look<T> {
    /** As it is now. */
    T now() throws ControlException;
  }

  private final ControlCommand command;
  private final Function<T, String> text;
  private final boolean redraws;

  Watch(ControlCommand command, Function<T, String> text) {
    this.command = command;
    this.text = text;
    this.redraws = command.around().terminal() && !command.json();
  }

  /** Goes on until nobody reads it, or there is no such thing anymore. */
  ExitCode of(Look<T> look) throws IOException, InterruptedException {
    T first = look.now();
    if (redraws) {
      command.out().print(CLEAR);
    }
    draw(first);
    while (!command.out().checkError()) {
      Thread.sleep(command.around().tick().toMillis());
      again(look);
    }
    return ExitCode.OK;
  }

  /** A daemon that is away for a moment, for a restart perhaps, does not end the watching. */
  private void again(Look<T> look) throws IOException, InterruptedException {
    try {
      draw(look.now());
    } catch (ControlException e) {
      if (ExitCode.of(e) == ExitCode.INTERRUPTED || gone(e)) {
        throw e;
      }
      if (command.json()) {
        command.around().err().println(Plain.line(e.getMessage()));
      } else {
        String line = command.style().bad(Plain.line(e.getMessage()));
        command.out().println((redraws ? REDRAW : "") + line);
      }
    }
  }

  private static boolean gone(ControlException e) {
    return e instanceof ControlProblem it && it.problem().code().equals(Problem.NOT_FOUND);
  }

  private void draw(T seen) throws IOException {
    if (redraws) {
      command.out().print(REDRAW);
    }
    command.show(seen, () -> text.apply(seen));
    if (!command.json() && !redraws) {
      command.out().println();
    }
  }
}

package io.kneard.drbd;

/**
 * What became of a command.
 *
 * @param exit of the process; meaningless if it hung or did not start
 * @param out what it printed, cut where it was too much
 * @param err what it complained
 */
public record Ran(Ending ending, int exit, String out, String err) {

  /** How it ended. */
  public enum Ending {
    EXITED,
    /** It was given up after its bound; it may still be there if the kernel holds it. */
    HUNG,
    /** There is no such program, or it cannot be started. */
    NOT_STARTED
  }

  static Ran exited(int exit, String out, String err) {
    return new Ran(Ending.EXITED, exit, out, err);
  }

  boolean succeeded() {
    return ending == Ending.EXITED && exit == 0;
  }

  /** Both streams in one: tools are not strict about which is which. */
  String words() {
    return err + out;
  }

  /** Whether the command has done what it is for, now or before. */
  boolean serves(Command command) {
    return succeeded()
        || (ending == Ending.EXITED && command.met().contains(Refusal.of(words()).number()));
  }

  /** Why not, in one line. */
  String problem(Command command) {
    return switch (ending) {
      case HUNG -> "%s: no end after %d s".formatted(command, command.bound().toSeconds());
      case NOT_STARTED -> "%s: %s".formatted(command.tool().program(), err.strip());
      case EXITED -> "%s: %s (exit %d)".formatted(command, Refusal.of(words()).text(), exit);
    };
  }
}

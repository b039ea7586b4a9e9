package io.kneard.drbdstandin;

/** The kernel, or the tool, says no, as the real ones do. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;
  private final int exit;

  private Refused(int exit, String message) {
    super(message);
    this.exit = exit;
  }

  static Refused request(String object, int number, String text) {
    return new Refused(10, "%s: Failure: (%d) %s".formatted(object, number, text));
  }

  static Refused change(String object, int number, String text) {
    int exit =
        switch (number) {
          case -2 -> 17;
          case -4 -> 16;
          case -16 -> 5;
          default -> 11;
        };
    return new Refused(exit, "%s: State change failed: (%d) %s".formatted(object, number, text));
  }

  static Refused tool(int exit, String text) {
    return new Refused(exit, text);
  }

  int exit() {
    return exit;
  }
}

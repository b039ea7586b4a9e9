package io.kneard.bench;

/** Numbers on a command line. */
final class Counts {
  private Counts() {}

  /**
   * The argument at that place.
   *
   * @param name what it is called in the usage
   * @param otherwise if there is none there
   * @throws IllegalArgumentException if it is no number from 1 to 99999
   */
  static int at(String[] args, int place, String name, int otherwise) {
    if (args.length <= place) {
      return otherwise;
    }
    if (!args[place].matches("[1-9]\\d{0,4}")) {
      throw new IllegalArgumentException(
          "%s = %s: a number from 1 to 99999 is wanted".formatted(name, args[place]));
    }
    return Integer.parseInt(args[place]);
  }
}

package io.kneard.drbd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why the kernel did not do what {@code drbdsetup} asked: by the number in brackets, never by the
 * words, which differ between versions.
 *
 * @param number positive: a request was refused; negative: a change of state was; 0: none was given
 * @param text the tool's own words, on one line
 */
record Refusal(int number, String text) {
  private static final Pattern NUMBER =
      Pattern.compile("(?:Failure|State change failed): \\((-?[0-9]{1,4})\\)");
  private static final int WORDS_MAX = 300;

  static final int NO_SUCH_RESOURCE = 158;
  static final int IN_USE = -12;

  /** What follows from a refusal. */
  enum Kind {
    /** A process holds the device open: wait for it. */
    IN_USE,
    /** There is no such resource, or no such minor. */
    ABSENT,
    /** Something else happened at the same time: look again, at once. */
    RACE,
    /** Anything else: somebody, or time, has to remove the cause. */
    OTHER
  }

  static Refusal of(String output) {
    Matcher matcher = NUMBER.matcher(output);
    int number = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    String words = output.strip().replaceAll("\\s*\\R\\s*", "; ");
    return new Refusal(
        number, words.length() > WORDS_MAX ? words.substring(0, WORDS_MAX) + "…" : words);
  }

  Kind kind() {
    return switch (number) {
      case IN_USE -> Kind.IN_USE;
      case NO_SUCH_RESOURCE, 127 -> Kind.ABSENT;
      // 124, 125, 161, 174: there already; 162: not valid as things are; -18, -19: a change goes on
      case 124, 125, 161, 162, 174, -18, -19 -> Kind.RACE;
      default -> Kind.OTHER;
    };
  }
}

package io.kneard.ctl.show;

/**
 * Text that came from elsewhere, made harmless for a terminal: control characters could move the
 * cursor or hide what is shown.
 */
public final class Plain {
  private Plain() {}

  /** One line; a null is a dash. */
  public static String line(String text) {
    return text == null ? "-" : clean(text, false);
  }

  /** As it is, with its line ends. */
  public static String lines(String text) {
    return clean(text, true);
  }

  private static String clean(String text, boolean keepLineEnds) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              boolean keep = !Character.isISOControl(c) || (keepLineEnds && c == '\n');
              clean.appendCodePoint(keep ? c : c == '\n' || c == '\t' ? ' ' : '?');
            });
    return clean.toString();
  }
}

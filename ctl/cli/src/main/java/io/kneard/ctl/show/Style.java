package io.kneard.ctl.show;

/**
 * Colours, where they are welcome. They repeat what the words say and never carry it alone.
 *
 * @param colour whether to use them
 */
public record Style(boolean colour) {
  /** As it should be. */
  public String good(String text) {
    return paint("32", text);
  }

  /** Worth a look. */
  public String warn(String text) {
    return paint("33", text);
  }

  /** Wrong. */
  public String bad(String text) {
    return paint("31", text);
  }

  /** The last line of something that took a while. */
  public String outcome(boolean good, String message) {
    String line = Plain.line(message);
    return good ? good(line) : bad(line);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}

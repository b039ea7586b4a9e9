package io.kneard.ctl.show;

/** The whole of a terminal. */
public final class Screen {
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

  private Screen() {}

  /** What makes it empty; nothing where there is none. */
  public static String clear(Style style) {
    return style.colour() ? HOME_AND_CLEAR : "";
  }
}

package io.kneard.dqlite;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** One of {@link NodeTools} did not do what it was asked. */
public final class ToolFailed extends IOException {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /** What is known of its effect, and what can be done about it. */
  public enum Kind {
    /** Nothing was changed, and nothing will be before what it names is put right. */
    REFUSED,
    /** Nothing was changed: a library has to be installed. */
    MISSING,
    /** It did not work; it may at another time. */
    FAILED,
    /** It may have been done, whole: look first. */
    UNKNOWN;

    /** How the program begins the line that says so. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
  }

  ToolFailed(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What the program's last line says; one without such a word has said nothing of its end. */
  static ToolFailed parse(String line) {
    int space = line.indexOf(' ');
    Optional<Kind> kind = Kind.of(space < 0 ? line : line.substring(0, space));
    return kind.map(it -> new ToolFailed(it, line.substring(space + 1)))
        .orElseGet(() -> new ToolFailed(Kind.UNKNOWN, "it ended without a word: '" + line + "'"));
  }

  /** What is known of its effect. */
  public Kind kind() {
    return kind;
  }
}

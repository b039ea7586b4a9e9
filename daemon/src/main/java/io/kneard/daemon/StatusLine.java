package io.kneard.daemon;

import io.kneard.supervisor.Node;
import io.kneard.supervisor.Supervision;
import java.util.Optional;

/**
 * One line for people on what the supervisor does: state, height, reason, and what is in its way.
 */
final class StatusLine {
  private static final int LONGEST = 200;

  private StatusLine() {}

  static String of(Supervision s) {
    String height = s.node() instanceof Node.Up up ? " at height " + up.view().height() : "";
    String line = s.state().title() + height + ": " + s.why() + failedStarts(s.node()) + lock(s);
    String flat = line.replaceAll("\\p{Cntrl}+", " ");
    return flat.length() <= LONGEST ? flat : flat.substring(0, LONGEST - 1) + "…";
  }

  private static String failedStarts(Node node) {
    int failed = 0;
    Optional<String> why = Optional.empty();
    if (node instanceof Node.Down down) {
      failed = down.attempts();
      why = down.why();
    } else if (node instanceof Node.Starting starting) {
      failed = starting.attempts() - 1;
      why = starting.before();
    }
    return failed > 0
        ? "; failed starts of neard: %d, the last: %s".formatted(failed, why.orElse("?"))
        : "";
  }

  private static String lock(Supervision s) {
    return s.lock().problem().map(why -> "; lock store: " + why).orElse("");
  }
}

package io.kneard.drbd;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code drbdsetup events2 --timestamps}. It is taken as news of a resource, and the
 * resource is then looked at: so nothing is lost when lines are.
 *
 * @param verb like {@code change}; {@code -} where the tool reports a gap
 * @param object like {@code device}
 * @param fields what the line says, in order
 */
record EventLine(String verb, String object, Map<String, String> fields) {
  private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9-]+T[0-9:.]+(Z|[+-][0-9:]+)");
  private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+)((?: \\S+)*)");

  EventLine {
    fields = Map.copyOf(fields);
  }

  /** Empty for what is no event. */
  static Optional<EventLine> of(String line) {
    String text = line.strip();
    int space = text.indexOf(' ');
    if (space > 0 && TIME.matcher(text.substring(0, space)).matches()) {
      text = text.substring(space + 1);
    }
    Matcher matcher = LINE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : matcher.group(3).strip().split(" ", -1)) {
      int colon = field.indexOf(':');
      if (colon > 0) {
        fields.put(field.substring(0, colon), field.substring(colon + 1));
      }
    }
    return Optional.of(new EventLine(matcher.group(1), matcher.group(2), fields));
  }

  /** The resource it is about; empty: it may be about any. */
  Optional<String> resource() {
    return Optional.ofNullable(fields.get("name"));
  }

  /** The tool has told of all that is there, and tells of changes from now on. */
  boolean caughtUp() {
    return verb.equals("exists") && object.equals("-");
  }
}

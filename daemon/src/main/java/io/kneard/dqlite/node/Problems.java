package io.kneard.dqlite.node;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells of problems that come back again and again, once each: when one is new for its subject, and
 * when the subject is well again. The daemon reads these lines and logs them.
 */
final class Problems {
  /** Subjects are few: the other nodes and the doors. */
  private static final int MOST = 256;

  private final PrintStream out;
  private final Map<String, String> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  Problems(PrintStream out) {
    this.out = out;
  }

  synchronized void report(String subject, String problem) {
    if (!problem.equals(known.put(subject, problem))) {
      out.println(subject + ": " + problem.replaceAll("\\s+", " "));
    }
  }

  synchronized void well(String subject) {
    if (known.remove(subject) != null) {
      out.println(subject + ": works again");
    }
  }
}

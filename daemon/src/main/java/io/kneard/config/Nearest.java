package io.kneard.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Guesses which name was meant by one that does not exist. */
final class Nearest {
  private Nearest() {}

  /** {@code "; did you mean lock.ttl?"}, or nothing if no name is near. */
  static String hint(String wrong, Stream<String> names) {
    return find(wrong, names.toList()).map("; did you mean %s?"::formatted).orElse("");
  }

  private static Optional<String> find(String wrong, List<String> names) {
    Optional<String> sameName =
        names.stream().filter(name -> lastPart(name).equals(lastPart(wrong))).findFirst();
    if (sameName.isPresent()) {
      return sameName; // the section is wrong or missing
    }
    int limit = Math.max(2, Math.min(wrong.length(), 64) / 4);
    return names.stream()
        .filter(name -> wrong.length() <= 64 && distance(wrong, name) <= limit)
        .min(Comparator.comparingInt(name -> distance(wrong, name)));
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** How many characters have to be changed, added or left out (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}

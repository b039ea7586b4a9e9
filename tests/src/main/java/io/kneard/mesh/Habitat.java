package io.kneard.mesh;

import java.util.List;

/** A set of small worlds, in one of which a mistake has to show itself. */
public enum Habitat {
  /** One replica is asked for something. */
  SINGLE,
  /** Two are, at once. */
  PAIRS,
  /** Hosts die, or are given up in error. */
  TROUBLES,
  /** Hosts use the volume. */
  USERS;

  /** Its worlds with at most so many members, the smallest first. */
  List<Case> cases(int members) {
    return switch (this) {
      case SINGLE -> Cases.single(members);
      case PAIRS -> Cases.pairs(members);
      case TROUBLES -> Cases.troubles(members);
      case USERS -> Cases.users(members);
    };
  }

  /**
   * For a mutant of the engine: the first thing that is wrong; empty if nothing is. Called by name
   * from outside.
   *
   * @param first where it was found before: looked at before all others
   */
  public static String firstViolation(String habitat, int members, String first) {
    List<Case> cases = valueOf(habitat).cases(members);
    MeshSearch search = new MeshSearch(true);
    search.orders(cases.stream().filter(one -> one.toString().equals(first)).toList());
    search.orders(cases.stream().filter(one -> !one.toString().equals(first)).toList());
    return search.violations().isEmpty() ? "" : search.violations().get(0);
  }
}

package io.kneard.mesh;

import java.util.List;
import java.util.function.IntFunction;

/** A set of small worlds, in one of which a mistake has to show itself. */
public enum Habitat {
  /** One replica is asked for something. */
  SINGLE(Cases::single),
  /** Two are, at once. */
  PAIRS(Cases::pairs),
  /** Hosts die, or are given up in error. */
  TROUBLES(Cases::troubles),
  /** Hosts use the volume. */
  USERS(Cases::users);

  private final IntFunction<List<Case>> cases;

  Habitat(IntFunction<List<Case>> cases) {
    this.cases = cases;
  }

  /** Its worlds with at most so many members, the smallest first. */
  List<Case> cases(int members) {
    return cases.apply(members);
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

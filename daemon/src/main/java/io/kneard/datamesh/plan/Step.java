package io.kneard.datamesh.plan;

import java.util.List;
import java.util.Optional;

/**
 * One published revision of a plan: it is applied once, and the plan goes on when it is confirmed.
 *
 * @param name like {@code A → D∅ + q↑}
 * @param holds what it waits for before it is published
 */
public record Step(String name, Change change, Confirmation confirmation, List<Hold> holds) {
  public Step {
    holds = List.copyOf(holds);
  }

  static Step of(String name, Setting setting, Confirmation confirmation, Hold... holds) {
    return new Step(name, setting, confirmation, List.of(holds));
  }

  /** The change of type this step makes, if it makes one. */
  public Optional<Change.Become> become() {
    return change instanceof Change.Become become ? Optional.of(become) : Optional.empty();
  }

  /** Whether it changes the number of voters. */
  public boolean changesVoters() {
    return become().filter(change -> change.votes() != 0).isPresent();
  }
}

package io.kneard.datamesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How far an active transition is.
 *
 * @param title what it does
 * @param steps names of the plan's steps; none if this version does not know the plan
 * @param waitsFor why the step is not published yet; empty once it is
 * @param required replicas that have to confirm it
 * @param confirmed those that have
 * @param problems what keeps the others from it, in words
 */
public record Progress(
    Transition transition,
    String title,
    List<String> steps,
    Optional<String> waitsFor,
    Set<Integer> required,
    Set<Integer> confirmed,
    List<String> problems) {

  public Progress {
    steps = List.copyOf(steps);
  }

  /** In words. */
  public String text() {
    int at = transition.step();
    String which =
        steps.size() < 2 ? "" : " (step %d/%d: %s)".formatted(at + 1, steps.size(), steps.get(at));
    return title + which + ": " + state();
  }

  private String state() {
    if (waitsFor.isPresent()) {
      return waitsFor.get();
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        "%d/%d confirmed revision %d"
            .formatted(confirmed.size(), required.size(), transition.appliedAt()));
    Set<Integer> missing = new TreeSet<>(required);
    missing.removeAll(confirmed);
    if (!missing.isEmpty()) {
      parts.add(
          missing.stream()
              .map(id -> "#" + id)
              .collect(Collectors.joining(", ", "waiting for ", "")));
    }
    parts.addAll(problems);
    return String.join("; ", parts);
  }
}

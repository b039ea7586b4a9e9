package io.kneard.datamesh.vectors;

import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.plan.Guard;
import io.kneard.datamesh.plan.Hold;
import io.kneard.datamesh.plan.Plan;
import io.kneard.datamesh.plan.Plans;
import io.kneard.datamesh.plan.Step;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The tables of docs/datamesh.md, out of the code. */
final class MeshPage {
  private MeshPage() {}

  /** A table for each kind of transition, a row for each plan. */
  static String plans() {
    return Arrays.stream(TransitionKind.values())
        .map(MeshPage::plans)
        .collect(Collectors.joining("\n"));
  }

  private static String plans(TransitionKind kind) {
    String rows =
        Plans.ALL.stream()
            .filter(plan -> plan.kind() == kind)
            .map(MeshPage::row)
            .collect(Collectors.joining());
    return "### %s%n%n| plan | when | steps: what is published (who confirms; what is waited for before) | guards |%n|---|---|---|---|%n%s"
        .formatted(kind.title(), rows);
  }

  private static String row(Plan plan) {
    String steps = plan.steps().stream().map(MeshPage::step).collect(Collectors.joining("<br>"));
    String guards = plan.guards().stream().map(Guard::title).collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |%n"
        .formatted(plan.id(), plan.when().text(), steps, guards.isEmpty() ? "–" : guards);
  }

  private static String step(Step step) {
    String holds = step.holds().stream().map(Hold::condition).collect(Collectors.joining(", "));
    return "%s (%s%s)"
        .formatted(step.name(), step.confirmation().who(), holds.isEmpty() ? "" : "; " + holds);
  }

  /** What each guard wants. */
  static String guards() {
    return "| guard | lets a plan begin when |\n|---|---|\n"
        + Arrays.stream(Guard.values())
            .map(guard -> "| %s | %s |%n".formatted(guard.title(), guard.condition()))
            .collect(Collectors.joining());
  }

  /** Where recorded decisions of another implementation differ. */
  static String differences() {
    return "| where | why it is decided otherwise here |\n|---|---|\n"
        + Arrays.stream(Difference.values())
            .map(one -> "| %s | %s |%n".formatted(one.what(), one.reason()))
            .collect(Collectors.joining());
  }
}

package io.kneard.datamesh.engine;

import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Progress;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.plan.Block;
import io.kneard.datamesh.plan.Confirmation;
import io.kneard.datamesh.plan.Plan;
import io.kneard.datamesh.plan.Plans;
import io.kneard.datamesh.plan.Situation;
import io.kneard.datamesh.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said about plans and transitions. */
final class Words {
  private Words() {}

  /** What a plan does, like {@code Adding Diskful member}. */
  static String title(Plan plan) {
    List<String> types =
        Stream.of(plan.from(), plan.to()).flatMap(Optional::stream).map(MemberType::title).toList();
    return plan.title().formatted(types.toArray());
  }

  static String done(Plan plan) {
    return title(plan) + ": done";
  }

  static String ended(Plan plan) {
    return title(plan) + ": ended before its last step";
  }

  /** How far a transition is. */
  static Progress progress(Turn turn, Transition t) {
    Optional<Plan> found = Plans.find(t.kind(), t.planId());
    if (found.isEmpty()) {
      String unknown = "plan %s is not known to this version".formatted(t.planId());
      return new Progress(
          t, t.kind().title(), List.of(), Optional.of(unknown), Set.of(), Set.of(), List.of());
    }
    Plan plan = found.get();
    Situation s = turn.about(t);
    Step step = plan.steps().get(t.step());
    Optional<String> waits =
        t.applied() ? Optional.empty() : Settling.waits(turn, t, plan).map(Block::reason);
    Confirmation confirmation = step.confirmation();
    Set<Integer> required = t.applied() ? confirmation.required(s) : Set.of();
    Set<Integer> confirmed =
        required.stream()
            .filter(id -> confirmation.confirmedBy(id, t.appliedAt(), s))
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> problems =
        required.stream()
            .filter(id -> !confirmed.contains(id))
            .flatMap(id -> problem(id, s).stream())
            .toList();
    return new Progress(
        t,
        title(plan),
        plan.steps().stream().map(Step::name).toList(),
        waits,
        required,
        confirmed,
        problems);
  }

  private static Optional<String> problem(int id, Situation s) {
    if (s.picture().replica(id).isEmpty()) {
      return Optional.of("#" + id + ": no such replica");
    }
    Optional<Report> report = s.report(id);
    if (report.filter(Report::live).isEmpty()) {
      return Optional.of("#" + id + ": nothing is heard of it");
    }
    return report.get().problem().map(problem -> "#" + id + ": " + problem);
  }
}

package io.kneard.datamesh.vectors;

import io.kneard.datamesh.Picture;
import io.kneard.datamesh.engine.Engine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The recorded decisions, taken again here. */
final class Comparison {
  static final List<String> FILES =
      List.of(
          "01_single_call",
          "04_trace_integration_attachment",
          "04_trace_integration_failure_recovery",
          "04_trace_integration_force_remove_quorum",
          "04_trace_integration_layout_transitions",
          "04_trace_integration_network",
          "04_trace_integration_quorum",
          "04_trace_integration_topology_switch",
          "04_trace_membership_plan_change_type",
          "04_trace_membership_plan_force_remove",
          "04_trace_membership_plan_tiebreaker",
          "04_trace_network_plans",
          "05_generated_matrix",
          "06_generated_quorum");

  final List<String> unexplained = new ArrayList<>();
  final Map<Difference, Integer> differences = new EnumMap<>(Difference.class);
  int equal;

  static Comparison ofAll() {
    Comparison comparison = new Comparison();
    FILES.forEach(file -> Vectors.decisions(file, comparison::compare));
    return comparison;
  }

  int total() {
    return equal
        + unexplained.size()
        + differences.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void compare(Recorded recorded) {
    if (recorded.manyReplicas()) {
      count(Difference.EIGHT_MEMBERS);
    } else if (recorded.systemNetworks()) {
      count(Difference.SYSTEM_NETWORKS);
    } else {
      compare(recorded, recorded.picture());
    }
  }

  private void compare(Recorded recorded, Picture picture) {
    Decision own = Decision.of(Engine.decide(picture));
    Decision theirs = recorded.decision(own);
    if (own.equals(theirs)) {
      equal++;
      return;
    }
    Decision settled = Decision.of(Engine.decide(Settled.picture(picture)));
    if (settled.equals(theirs)) {
      count(Difference.NOT_SYNCED_OR_LINKED);
      return;
    }
    Optional<Difference> known =
        Difference.between(theirs, own, picture)
            .or(() -> Difference.between(theirs, settled, picture));
    known.ifPresentOrElse(
        this::count,
        () ->
            unexplained.add(
                "\n%s\n recorded %s\n here %s".formatted(recorded.name(), theirs, own)));
  }

  private void count(Difference difference) {
    differences.merge(difference, 1, Integer::sum);
  }
}

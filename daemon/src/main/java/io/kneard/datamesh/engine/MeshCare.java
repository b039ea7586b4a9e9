package io.kneard.datamesh.engine;

import io.kneard.datamesh.Founder;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.plan.Plans;
import io.kneard.datamesh.plan.Setting;
import io.kneard.datamesh.plan.Situation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What nobody has to ask for: formation, addresses, size. */
final class MeshCare {
  private MeshCare() {}

  static void formation(Turn turn) {
    List<Founder> founders = turn.picture.founders();
    if (turn.mesh().stage() == Stage.FORMED || founders.isEmpty()) {
      return;
    }
    boolean forming = turn.active().stream().anyMatch(t -> t.kind() == TransitionKind.FORMATION);
    if (!forming) {
      Attempt.of(Plans.get(TransitionKind.FORMATION, "formation/v1"), turn.about(Situation.NOBODY))
          .begin(turn);
    } else if (!ids(founders).equals(memberIds(turn))) {
      startAnew(turn);
    }
  }

  /** Other founders are wanted: there is no data yet, so all that was done can be undone. */
  private static void startAnew(Turn turn) {
    turn.active().forEach(turn::end);
    turn.publish(turn.mesh().withStage(Stage.FORMING).withMembers(List.of()));
  }

  private static Set<Integer> ids(List<Founder> founders) {
    return founders.stream().map(Founder::replica).collect(Collectors.toSet());
  }

  private static Set<Integer> memberIds(Turn turn) {
    return new HashSet<>(turn.mesh().members().stream().map(Member::id).toList());
  }

  static void addresses(Turn turn) {
    if (turn.mesh().members().stream().anyMatch(member -> moved(turn, member))) {
      Attempt.of(
              Plans.get(TransitionKind.REPAIR_ADDRESSES, "repair/v1"), turn.about(Situation.NOBODY))
          .begin(turn);
    }
  }

  private static boolean moved(Turn turn, Member member) {
    Optional<Report> report = turn.about(member.id()).facts().live(member.id());
    return report
        .map(Report::addresses)
        .filter(addresses -> !addresses.isEmpty() && !addresses.equals(member.addresses()))
        .isPresent();
  }

  static void size(Turn turn) {
    Situation s = turn.about(Situation.NOBODY);
    if (Setting.wantedSize(s) > s.mesh().size()) {
      Attempt.of(Plans.get(TransitionKind.RESIZE_VOLUME, "resize/v1"), s).begin(turn);
    }
  }
}

package io.kneard.datamesh.intent;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Group;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.TransitionKind;
import java.util.List;
import java.util.Optional;

/**
 * Which layout the engine is to hold the mesh to: the next one on the way to the goal.
 *
 * <p>More is promised only when all that was promised before is there. Less is promised as soon as
 * the mesh has what the smaller promise takes, which is at once when a goal is taken back, or when
 * members are lost and the smaller promise is the way out.
 */
final class Waypoint {
  private final Draft draft;
  private final Mesh mesh;

  private Waypoint(Draft draft) {
    this.draft = draft;
    this.mesh = draft.mesh();
  }

  /** Chooses it, and notes why it is not the goal. */
  static void choose(Draft draft) {
    Configuration goal = draft.scene.wish().goal();
    if (!draft.formed()) {
      boolean forming = draft.active().stream().anyMatch(t -> t.kind() == TransitionKind.FORMATION);
      draft.configure(forming ? draft.configuration() : goal);
      return;
    }
    LayoutPath.Node now = LayoutPath.Node.of(draft.configuration());
    LayoutPath.Node end = LayoutPath.Node.of(goal);
    Waypoint waypoint = new Waypoint(draft);
    LayoutPath.Node next = now.equals(end) ? now : waypoint.next(now, end);
    draft.configure(next.in(goal));
    if (!next.equals(end)) {
      draft.note("on the way to %s, at %s".formatted(end, next));
      waypoint.missing(next.layout()).ifPresent(draft::note);
    }
  }

  private LayoutPath.Node next(LayoutPath.Node now, LayoutPath.Node end) {
    if (!complete(now.layout())) {
      return LayoutPath.lower(now, end).stream().filter(this::lowerTo).findFirst().orElse(now);
    }
    LayoutPath.Node next = LayoutPath.next(now, end, zones());
    boolean lower = next.under(now);
    boolean may = lower ? calm(now.layout()) && lowerTo(next) : missing(now.layout()).isEmpty();
    return may ? next : now;
  }

  private int zones() {
    boolean matter = draft.scene.wish().goal().topology() == Topology.TRANS_ZONAL;
    return matter ? Placement.zones(draft).size() : Integer.MAX_VALUE;
  }

  /** Whether the mesh is composed as the layout is, whoever of it is alive. */
  private boolean complete(Layout layout) {
    return mesh.voters().size() >= layout.diskful()
        && mesh.qmr() >= layout.qmr()
        && mesh.tieBreakers().size() >= layout.tieBreakers();
  }

  /** Whether the mesh has what a smaller promise takes, or has lost so much that it is due. */
  private boolean lowerTo(LayoutPath.Node node) {
    Layout layout = node.layout();
    int voters = mesh.voters().size();
    boolean tie =
        layout.tieBreakers() == 0 || voters > layout.diskful() || !mesh.tieBreakers().isEmpty();
    boolean covered = voters >= layout.diskful() && mesh.qmr() >= layout.qmr() && tie;
    return covered || voters < layout.diskful() || someoneSilent();
  }

  /** Whether the smaller promise before is kept to, so that the next one may be made. */
  private boolean calm(Layout layout) {
    boolean orderly =
        mesh.qmr() <= layout.qmr() && mesh.voters().size() <= layout.diskful() && nothingActive();
    return orderly || someoneSilent();
  }

  private boolean someoneSilent() {
    return mesh.voters().stream().anyMatch(one -> draft.facts.live(one.id()).isEmpty());
  }

  private boolean nothingActive() {
    return draft.active().stream()
        .noneMatch(t -> List.of(Group.VOTER, Group.QUORUM, Group.EMERGENCY).contains(t.group()));
  }

  /** What the mesh still lacks of a layout, in words. */
  private Optional<String> missing(Layout layout) {
    int voters = mesh.voters().size();
    int copies = draft.facts.upToDateVoters().size();
    if (voters != layout.diskful()) {
      return Optional.of(
          "waits until %d D have a vote, there are %d".formatted(layout.diskful(), voters));
    }
    if (copies < voters) {
      return Optional.of("waits until %d D are UpToDate, there are %d".formatted(voters, copies));
    }
    if (mesh.qmr() != layout.qmr() || mesh.q() != Layout.majority(voters)) {
      return Optional.of("waits for q=%d, qmr=%d".formatted(layout.q(), layout.qmr()));
    }
    if (layout.tieBreakers() > 0 && !tied()) {
      return Optional.of("waits for a tiebreaker that is connected to everyone");
    }
    return nothingActive() ? Optional.empty() : Optional.of("waits for the transition under way");
  }

  private boolean tied() {
    return mesh.tieBreakers().stream().anyMatch(one -> draft.facts.notOperational(one).isEmpty());
  }
}

package io.kneard.datamesh.engine;

import io.kneard.datamesh.Blocked;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Order;
import io.kneard.datamesh.Outcome;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Progress;
import io.kneard.datamesh.Replica;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.Sentence;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.plan.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a turn comes to: the volume as it is to be stored, and what is to be said and done. */
final class Conclusion {
  private final Turn turn;
  private final Picture picture;
  private final Mesh mesh;
  private final Facts facts;
  private final List<Progress> progress;
  private final List<Blocked> blocked;

  private Conclusion(Turn turn) {
    this.turn = turn;
    this.picture = turn.picture;
    this.mesh = turn.mesh();
    this.facts = new Facts(picture, mesh);
    this.progress = turn.active().stream().map(t -> Words.progress(turn, t)).toList();
    this.blocked = turn.blocked();
  }

  static Outcome of(Turn turn) {
    Conclusion it = new Conclusion(turn);
    return new Outcome(
        it.picture.volume().after(it.mesh, turn.active()),
        it.orders(),
        it.progress,
        it.picture.replicas().stream().map(it::sentence).toList(),
        it.blocked,
        it.facts.protection());
  }

  private List<Order> orders() {
    List<Order> orders = new ArrayList<>();
    for (Replica replica : picture.replicas()) {
      int id = replica.id();
      boolean member = mesh.member(id).isPresent();
      if (member && facts.applied(id) < mesh.revision()) {
        orders.add(new Order.Apply(id, replica.node(), mesh.revision()));
      } else if (!member && facts.applied(id) > 0) {
        orders.add(new Order.Leave(id, replica.node()));
      }
      if (!member && goneForGood(id)) {
        orders.add(new Order.Forget(id));
      }
    }
    return orders;
  }

  private boolean goneForGood(int id) {
    boolean unwanted =
        picture.requests().stream()
            .anyMatch(
                request ->
                    request.replica() == id
                        && (request instanceof Request.Remove
                            || request instanceof Request.ForceRemove));
    return unwanted && turn.active().stream().noneMatch(t -> t.concerns(id));
  }

  private Sentence sentence(Replica replica) {
    int id = replica.id();
    String membership =
        blockedOn(id, true)
            .or(() -> progressOf(id, true))
            .or(() -> turn.doneTo(id))
            .orElseGet(() -> state(replica));
    String use = blockedOn(id, false).or(() -> progressOf(id, false)).orElseGet(() -> used(id));
    return new Sentence(id, membership, use);
  }

  private Optional<String> progressOf(int id, boolean membership) {
    Optional<Transition> active = turn.activeOn(id, membership);
    return progress.stream()
        .filter(one -> active.equals(Optional.of(one.transition())))
        .findFirst()
        .map(Progress::text);
  }

  private Optional<String> blockedOn(int id, boolean membership) {
    return blocked.stream()
        .filter(one -> one.subject().equals(Optional.of(id)))
        .filter(one -> one.kind().aboutUse() != membership)
        .map(Blocked::text)
        .findFirst();
  }

  private String state(Replica replica) {
    if (mesh.stage() != Stage.FORMED) {
      return progress.stream().findFirst().map(Progress::text).orElse("the volume is not formed");
    }
    return mesh.member(replica.id()).map(this::state).orElse("not a member");
  }

  private String state(Member member) {
    String disk = facts.upToDate(member) ? ", UpToDate" : "";
    String heard = facts.live(member.id()).isPresent() ? "" : ", nothing is heard of it";
    return member.type().title() + disk + heard;
  }

  private String used(int id) {
    return mesh.member(id).filter(Member::attached).map(member -> "attached").orElse("");
  }
}

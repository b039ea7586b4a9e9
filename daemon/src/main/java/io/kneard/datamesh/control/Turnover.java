package io.kneard.datamesh.control;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Order;
import io.kneard.datamesh.Outcome;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.engine.Engine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * From a stored volume to the next: what is intended, then what the engine decides, then what is
 * over. Pure but for the device ids, which are drawn.
 *
 * @param next empty: nothing is left of the volume
 * @param outcome what the engine has said
 * @param sentences what there is to say beside that
 */
public record Turnover(
    Optional<VolumeDocument> next, Outcome outcome, Picture picture, List<String> sentences) {

  public Turnover {
    sentences = List.copyOf(sentences);
  }

  /**
   * The next state.
   *
   * @param deviceIds for new replicas; never the same twice
   */
  public static Turnover of(
      Stored stored,
      Map<String, HostState> hosts,
      Intention intention,
      Supplier<String> deviceIds,
      Instant now) {
    boolean planned =
        stored.document().mode() == Mode.MANAGED && !stored.document().volume().deleting();
    List<String> sentences = new ArrayList<>();
    Stored intended = stored;
    if (planned) {
      Intention.Wishes wishes = intention.wishes(considered(stored, hosts), now);
      sentences.addAll(wishes.sentences());
      Edits edits = new Edits(stored.document(), hosts, deviceIds);
      wishes.edits().forEach(edit -> edits.apply(edit).ifPresent(sentences::add));
      intended = with(stored, edits.document());
    }
    return decided(intended, hosts, sentences);
  }

  private static Intention.Considered considered(Stored stored, Map<String, HostState> hosts) {
    return new Intention.Considered(
        stored.document(), Pictures.of(stored, hosts), stored.document().replicas(), hosts);
  }

  private static Turnover decided(
      Stored stored, Map<String, HostState> hosts, List<String> sentences) {
    Picture picture = Pictures.of(stored, hosts);
    Outcome outcome = Engine.decide(picture);
    VolumeDocument next = stored.document().withVolume(outcome.volume());
    if (next.volume().deleting()) {
      next = withoutMembers(next);
    }
    next = forgetful(with(stored, next), outcome, hosts, sentences);
    boolean over =
        next.volume().deleting()
            && next.replicas().isEmpty()
            && next.volume().mesh().members().isEmpty();
    return new Turnover(over ? Optional.empty() : Optional.of(next), outcome, picture, sentences);
  }

  private static Stored with(Stored stored, VolumeDocument document) {
    return new Stored(stored.name(), document, stored.changed(), stored.reports());
  }

  /** Nobody uses it: all members go at once, there is nothing left to protect. */
  private static VolumeDocument withoutMembers(VolumeDocument document) {
    Mesh mesh = document.volume().mesh();
    boolean used = mesh.members().stream().anyMatch(Member::attached);
    if (used || mesh.members().isEmpty()) {
      return document;
    }
    Mesh none = mesh.withMembers(List.of()).publishedAfter(mesh);
    return document.withVolume(document.volume().after(none, List.of()));
  }

  /** Replicas of which nothing remains are forgotten; so is what is over. */
  private static VolumeDocument forgetful(
      Stored stored, Outcome outcome, Map<String, HostState> hosts, List<String> sentences) {
    List<ReplicaDocument> left = new ArrayList<>();
    for (ReplicaDocument replica : stored.document().replicas()) {
      boolean outside = stored.document().volume().mesh().member(replica.id()).isEmpty();
      boolean free = outside && replica.leaving() && released(stored, outcome, replica.id());
      boolean remains = hosts.containsKey(replica.node()) && !stored.gone(replica);
      if (!free || remains) {
        left.add(replica.withForceDetach(replica.forceDetach() && attached(stored, replica)));
      }
      if (free && remains) {
        sentences.add(waitsFor(replica, hosts.get(replica.node())));
      }
    }
    return stored.document().withReplicas(left);
  }

  /** Whether the engine has nothing more to do with it. */
  private static boolean released(Stored stored, Outcome outcome, int id) {
    return stored.document().volume().deleting()
        || outcome.orders().stream()
            .anyMatch(order -> order instanceof Order.Forget forget && forget.replica() == id);
  }

  private static boolean attached(Stored stored, ReplicaDocument replica) {
    return stored
        .document()
        .volume()
        .mesh()
        .member(replica.id())
        .filter(Member::attached)
        .isPresent();
  }

  private static String waitsFor(ReplicaDocument replica, HostState host) {
    String here =
        host.online()
            ? "%s removes what is left of replica #%d"
            : "%s is not heard of, and has not removed replica #%d yet; if it does not come back,"
                + " remove it from the cluster";
    return here.formatted(replica.node(), replica.id());
  }
}

package io.kneard.datamesh.intent;

import io.kneard.datamesh.Founder;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.TransitionKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is asked of the engine for the places there are. */
final class Asking {
  private Asking() {}

  /**
   * Who is to form the volume: nobody before all are chosen. Those who have begun are not exchanged
   * while they are wanted.
   */
  static List<Founder> founders(Draft draft) {
    if (draft.formed()) {
      return List.of();
    }
    boolean begun = draft.active().stream().anyMatch(t -> t.kind() == TransitionKind.FORMATION);
    List<Standing> staying = draft.staying();
    List<Standing> begunWith = staying.stream().filter(one -> one.member().isPresent()).toList();
    if (begun && begunWith.size() == draft.mesh().members().size()) {
      return founders(begunWith);
    }
    boolean managed = draft.scene.wish().mode() == Mode.MANAGED;
    return !managed || complete(draft) ? founders(staying) : List.of();
  }

  private static boolean complete(Draft draft) {
    Layout layout = draft.configuration().layout();
    return draft.staying(MemberType.DISKFUL).size() >= layout.diskful()
        && draft.staying(MemberType.TIE_BREAKER).size() >= layout.tieBreakers();
  }

  private static List<Founder> founders(List<Standing> standings) {
    return standings.stream()
        .map(Standing::place)
        .map(
            place ->
                new Founder(
                    place.replica(), place.type(), place.type().backed() ? place.pool() : none()))
        .toList();
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  /** Forced ones first, then those who join or change, then those who leave. */
  static List<Request> requests(Draft draft) {
    List<Request> requests = new ArrayList<>();
    List<Standing> all = draft.places().stream().map(draft::standing).toList();
    all.stream()
        .filter(one -> draft.leaving().contains(one.id()) && forced(one))
        .forEach(one -> force(draft, one, requests));
    all.stream()
        .filter(one -> draft.formed() && !draft.leaving().contains(one.id()))
        .sorted(Comparator.comparing(one -> !one.is(MemberType.DISKFUL)))
        .forEach(one -> requests.add(stay(one)));
    all.stream()
        .filter(one -> draft.leaving().contains(one.id()) && !forced(one))
        .forEach(one -> requests.add(new Request.Remove(one.id())));
    return requests;
  }

  private static boolean forced(Standing one) {
    return one.ground() == Ground.LOST || one.place().exit() == Exit.FORCED;
  }

  private static void force(Draft draft, Standing one, List<Request> requests) {
    boolean used =
        one.member().filter(Member::attached).isPresent()
            || draft.active().stream().anyMatch(t -> t.concerns(one.id()) && t.kind().aboutUse());
    if (used) {
      requests.add(new Request.ForceDetach(one.id()));
    }
    requests.add(new Request.ForceRemove(one.id()));
  }

  private static Request stay(Standing one) {
    Place place = one.place();
    return one.member().isPresent()
        ? new Request.ChangeType(place.replica(), place.type(), place.pool())
        : new Request.Add(place.replica(), place.type(), place.pool());
  }
}

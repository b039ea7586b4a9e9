package io.kneard.datamesh.intent;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.Topology;
import java.util.List;
import java.util.Optional;

/**
 * What the engine is to hold the mesh to, where that is less than the layout that is wanted.
 *
 * <p>The only tiebreaker of an even number of voters may not go, says TBRequired. Where it is to
 * become a D itself, and nothing else is under way, one failure less is asked to be survived until
 * that has begun: the revision in which it gains its vote makes the voters odd, so that the tie and
 * the need for a tiebreaker go together and nothing is given up in fact. Not so by way of sD, where
 * the vote comes later.
 *
 * <p>The guards for zones ask that the loss of a zone leaves quorum. A layout that survives no
 * failure cannot give that, so it is not asked of it; the placement spreads it all the same.
 */
final class Relaxing {
  private Relaxing() {}

  static Configuration of(Draft draft) {
    Configuration wanted = draft.configuration();
    boolean less = swapped(draft).isPresent();
    Configuration configuration = less ? oneLess(draft, wanted) : wanted;
    boolean zones = wanted.topology() == Topology.TRANS_ZONAL && configuration.fttBua() > 0;
    return zones || wanted.topology() != Topology.TRANS_ZONAL
        ? configuration
        : new Configuration(
            configuration.fttBdl(),
            configuration.fttBua(),
            Topology.IGNORED,
            configuration.volumeAccess(),
            configuration.maxAttachments());
  }

  /** The requests that may be made meanwhile: while less is asked, nobody else may use that. */
  static List<Request> let(Draft draft, List<Request> requests) {
    Optional<Integer> swapped = swapped(draft);
    return swapped.isEmpty()
        ? requests
        : requests.stream().filter(one -> one.replica() == swapped.get()).toList();
  }

  /** The tiebreaker that is to become a D and may be let. */
  private static Optional<Integer> swapped(Draft draft) {
    Mesh mesh = draft.mesh();
    List<Member> tieBreakers = mesh.tieBreakers();
    int bua = draft.configuration().fttBua();
    boolean onlyOne =
        draft.formed()
            && tieBreakers.size() == 1
            && Layout.tieBreakersNeeded(mesh.voters().size(), bua) > 0;
    boolean quiet = draft.active().isEmpty() && draft.leaving().isEmpty();
    return onlyOne && quiet
        ? Optional.of(tieBreakers.get(0))
            .filter(one -> !draft.facts.shadowsSupported(one.node()))
            .map(Member::id)
            .filter(id -> draft.staying().stream().allMatch(one -> waits(one, id)))
        : Optional.empty();
  }

  /** Whether a replica is what it is to be, or is to change places with the tiebreaker. */
  private static boolean waits(Standing one, int tieBreaker) {
    Optional<MemberType> now = one.member().map(Member::type);
    if (one.id() == tieBreaker) {
      return one.is(MemberType.DISKFUL);
    }
    boolean changes = one.is(MemberType.TIE_BREAKER) && now.equals(Optional.of(MemberType.DISKFUL));
    return changes || now.equals(Optional.of(one.place().type()));
  }

  private static Configuration oneLess(Draft draft, Configuration wanted) {
    int bdl = draft.mesh().qmr() - 1;
    return new LayoutPath.Node(bdl, wanted.fttBua() - 1).in(wanted);
  }
}

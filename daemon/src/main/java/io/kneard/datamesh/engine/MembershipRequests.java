package io.kneard.datamesh.engine;

import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.plan.Block;
import io.kneard.datamesh.plan.Plans;
import io.kneard.datamesh.plan.Situation;
import java.util.List;
import java.util.Optional;

/** Replicas that are to join, to leave, or to be of another type. */
final class MembershipRequests {
  private static final Optional<MemberType> TIE_BREAKER = Optional.of(MemberType.TIE_BREAKER);

  private MembershipRequests() {}

  static void all(Turn turn) {
    long revision = turn.mesh().revision();
    List<Transition> active = turn.active();
    forTieBreakers(turn, false);
    if (turn.mesh().revision() == revision && turn.active().equals(active)) {
      forTieBreakers(turn, true);
    }
  }

  /**
   * Those that are to be tiebreakers come last, when for the others nothing more begins: one may
   * just have been parked for the sake of a voter.
   */
  private static void forTieBreakers(Turn turn, boolean wanted) {
    turn.picture.requests().stream()
        .filter(Requests::aboutMembership)
        .filter(request -> Requests.target(request).equals(TIE_BREAKER) == wanted)
        .forEach(request -> one(turn, request));
  }

  private static void one(Turn turn, Request request) {
    Optional<Transition> active = turn.activeOn(request.replica(), true);
    if (active.isEmpty()) {
      attempt(turn, request)
          .ifPresentOrElse(attempt -> begin(turn, request, attempt), () -> noWay(turn, request));
    } else if (!Requests.serves(active.get(), request)) {
      waitsFor(turn, request, active.get());
    }
  }

  private static void begin(Turn turn, Request request, Attempt attempt) {
    attempt.begin(turn);
    if (turn.blockedBy(attempt.plan().kind(), request.replica(), Block.NO_SPLIT_BRAIN)) {
      Parking.tryFor(turn, request);
    }
  }

  private static void noWay(Turn turn, Request request) {
    Requests.kind(turn, request)
        .ifPresent(
            kind ->
                turn.blocked(
                    kind,
                    Optional.of(request.replica()),
                    kind.title(),
                    new Block(Block.PLANS, "no plan leads there from here")));
  }

  private static void waitsFor(Turn turn, Request request, Transition active) {
    Block why =
        new Block(Block.PARALLELISM, "waiting for another: " + Words.progress(turn, active).text());
    attempt(turn, request)
        .ifPresent(
            attempt ->
                turn.blocked(
                    attempt.plan().kind(),
                    Optional.of(request.replica()),
                    Words.title(attempt.plan()),
                    why));
  }

  /** What would begin for this request now, guards not asked; empty if nothing is to be done. */
  static Optional<Attempt> attempt(Turn turn, Request request) {
    return attempt(turn, request, turn.mesh());
  }

  /** The same, in another state of the mesh. */
  static Optional<Attempt> attempt(Turn turn, Request request, Mesh mesh) {
    return Requests.kind(turn, request).flatMap(kind -> attempt(turn, request, kind, mesh));
  }

  private static Optional<Attempt> attempt(
      Turn turn, Request request, TransitionKind kind, Mesh mesh) {
    Optional<MemberType> target = Requests.target(request);
    Situation s = turn.about(request.replica(), target, Requests.pool(request)).with(mesh);
    return Plans.way(kind, s, target).map(way -> new Attempt(way.plan(), way.step(), s));
  }

  /** Whether a diskful member would join (leave) now if it were let. */
  static boolean diskfulCould(Turn turn, boolean join) {
    return turn.picture.requests().stream()
        .filter(request -> join ? joinsDiskful(request) : request instanceof Request.Remove)
        .filter(request -> turn.activeOn(request.replica(), true).isEmpty())
        .flatMap(request -> attempt(turn, request).stream())
        .filter(attempt -> movesQmr(attempt, join))
        .anyMatch(attempt -> attempt.blocks(turn.active()).isEmpty());
  }

  private static boolean joinsDiskful(Request request) {
    return request instanceof Request.Add add && add.type() == MemberType.DISKFUL;
  }

  private static boolean movesQmr(Attempt attempt, boolean join) {
    TransitionKind kind = join ? TransitionKind.ADD_MEMBER : TransitionKind.REMOVE_MEMBER;
    return attempt.plan().kind() == kind
        && attempt.plan().steps().stream().anyMatch(step -> step.name().startsWith("qmr"));
  }
}

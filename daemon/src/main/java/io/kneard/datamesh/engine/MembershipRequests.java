package io.kneard.datamesh.engine;

import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.plan.Block;
import io.kneard.datamesh.plan.Plans;
import io.kneard.datamesh.plan.Situation;
import java.util.Optional;

/** Replicas that are to join, to leave, or to be of another type. */
final class MembershipRequests {
  private MembershipRequests() {}

  static void all(Turn turn) {
    turn.picture.requests().stream()
        .filter(Requests::aboutMembership)
        .forEach(request -> one(turn, request));
  }

  private static void one(Turn turn, Request request) {
    Optional<Transition> active = turn.activeOn(request.replica(), true);
    if (active.isEmpty()) {
      attempt(turn, request).ifPresent(attempt -> attempt.begin(turn));
    } else if (!Requests.serves(active.get(), request)) {
      waitsFor(turn, request, active.get());
    }
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
    return Requests.kind(turn, request).flatMap(kind -> attempt(turn, request, kind));
  }

  private static Optional<Attempt> attempt(Turn turn, Request request, TransitionKind kind) {
    Optional<MemberType> target = Requests.target(request);
    Situation s = turn.about(request.replica(), target, Requests.pool(request));
    return Plans.way(kind, s, target).map(way -> new Attempt(way.plan(), way.step(), s));
  }

  /** Whether a diskful member would join (leave) now if it were let. */
  static boolean diskfulCould(Turn turn, boolean join) {
    return turn.picture.requests().stream()
        .filter(request -> join ? joinsDiskful(request) : request instanceof Request.Remove)
        .filter(request -> turn.activeOn(request.replica(), true).isEmpty())
        .flatMap(request -> attempt(turn, request).stream())
        .filter(attempt -> movesQmr(attempt, join))
        .anyMatch(attempt -> attempt.blocks().map(Block::by).isEmpty());
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

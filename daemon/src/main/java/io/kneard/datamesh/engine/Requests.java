package io.kneard.datamesh.engine;

import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.TransitionKind;
import java.util.Optional;

/** What a request about membership asks for. */
final class Requests {
  private Requests() {}

  /**
   * Whether the transition's replica is now asked for something that does not end where it does.
   */
  static boolean otherThan(Turn turn, Transition t) {
    return turn.picture.requests().stream()
        .filter(request -> t.concerns(request.replica()))
        .anyMatch(request -> aboutMembership(request) && !serves(t, request));
  }

  static boolean aboutMembership(Request request) {
    return request instanceof Request.Add
        || request instanceof Request.Remove
        || request instanceof Request.ChangeType;
  }

  /** Whether the transition ends in what is asked for. */
  static boolean serves(Transition t, Request request) {
    return t.target().equals(target(request));
  }

  /** The type asked for; empty: no member. */
  static Optional<MemberType> target(Request request) {
    if (request instanceof Request.Add add) {
      return Optional.of(add.type());
    }
    return request instanceof Request.ChangeType change
        ? Optional.of(change.type())
        : Optional.empty();
  }

  static Optional<String> pool(Request request) {
    if (request instanceof Request.Add add) {
      return add.pool();
    }
    return request instanceof Request.ChangeType change ? change.pool() : Optional.empty();
  }

  /** Which kind of transition leads from what the replica is to what is asked for, if any. */
  static Optional<TransitionKind> kind(Turn turn, Request request) {
    Optional<MemberType> now = turn.mesh().member(request.replica()).map(member -> member.type());
    Optional<MemberType> wanted = target(request);
    if (now.equals(wanted)) {
      return Optional.empty();
    }
    if (now.isEmpty()) {
      return request instanceof Request.Add
          ? Optional.of(TransitionKind.ADD_MEMBER)
          : Optional.empty();
    }
    return Optional.of(
        wanted.isEmpty() ? TransitionKind.REMOVE_MEMBER : TransitionKind.CHANGE_MEMBER_TYPE);
  }
}

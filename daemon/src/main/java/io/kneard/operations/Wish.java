package io.kneard.operations;

import io.kneard.control.Refusal;
import io.kneard.ctl.api.MaintenanceRequest;
import java.util.OptionalLong;

/**
 * A request for a planned stop that is in order.
 *
 * @param minimumLength of the window, in blocks
 * @param shutdownAt the height, which skips the choice of a window
 * @param stay whether neard stays down and the daemon ends
 */
record Wish(OptionalLong minimumLength, OptionalLong shutdownAt, boolean stay) {

  static Wish of(MaintenanceRequest request) throws Refusal {
    if (request.minimumLength() != null && request.shutdownAt() != null) {
      throw Refusal.badRequest(
          "minimum_length = %d, shutdown_at = %d: only one of them, a height needs no window"
              .formatted(request.minimumLength(), request.shutdownAt()));
    }
    return new Wish(
        number("minimum_length", request.minimumLength(), 1),
        number("shutdown_at", request.shutdownAt(), 0),
        stay(request.then()));
  }

  private static OptionalLong number(String field, Long value, long least) throws Refusal {
    if (value == null) {
      return OptionalLong.empty();
    }
    if (value < least) {
      throw Refusal.badRequest("%s = %d: at least %d".formatted(field, value, least));
    }
    return OptionalLong.of(value);
  }

  private static boolean stay(String then) throws Refusal {
    if (then == null || then.equals(MaintenanceRequest.RESTART)) {
      return false;
    }
    if (then.equals(MaintenanceRequest.STOP)) {
      return true;
    }
    throw Refusal.badRequest("then = %s: restart or stop".formatted(then));
  }
}

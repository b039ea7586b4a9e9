package io.kneard.operations;

import io.kneard.control.Refusal;
import io.kneard.ctl.api.ActiveValidator;
import io.kneard.lock.Holder;
import io.kneard.lock.LeaderLock;
import io.kneard.lock.Observation;
import java.time.Duration;
import java.util.Optional;

/** Who holds the lock, asked of the store and not of this host's memory. */
final class ActiveValidatorView {
  private ActiveValidatorView() {}

  static ActiveValidator of(LeaderLock lock, String self) throws Refusal {
    Observation answer = lock.observe(0, Duration.ZERO);
    if (answer instanceof Observation.Unreachable unreachable) {
      throw Refusal.upstream("the lock store did not say who holds the lock: " + unreachable.why());
    }
    Observation.Seen seen = (Observation.Seen) answer;
    Optional<Holder> holder = seen.session().isPresent() ? seen.holder() : Optional.<Holder>empty();
    return new ActiveValidator(
        holder.map(Holder::nodeId).orElse(null),
        holder.map(Holder::hostname).orElse(null),
        seen.live() && holder.isPresent(),
        seen.epoch(),
        holder.filter(is -> is.nodeId().equals(self)).isPresent());
  }
}

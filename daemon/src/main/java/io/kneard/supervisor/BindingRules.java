package io.kneard.supervisor;

import java.util.Optional;

/**
 * The volume that goes with the validator: attached from the moment the lock is this host's until
 * the key is out again, and waited for before the key goes in.
 *
 * <p>Nothing here holds the lock longer than its renewals do, or the key in the process: a wait
 * ends like any other holding without the key, a loss like any other fault with it.
 */
final class BindingRules {
  private BindingRules() {}

  static void seen(Turn t, Event.VolumeSeen look) {
    t.bound = t.bound.seen(look);
  }

  /** Whether the key may go in now, as far as the volume goes; gives the lock up after too long. */
  static boolean letsPromote(Turn t) {
    if (t.rules.binding().isEmpty()) {
      return true;
    }
    Binding binding = t.rules.binding().get();
    if (t.bound.asked().equals(Optional.of(true)) && t.bound.usable() && !late(t, binding)) {
      return true;
    }
    if (t.now - t.since() < binding.attachTimeout().toNanos()) {
      return false;
    }
    if (binding.goOn()) {
      t.bound = t.bound.waived();
      return true;
    }
    t.notBefore = t.now + Rules.HANDOVER.toNanos();
    t.key = new Key.Out();
    ReleaseRules.giveUp(t);
    t.enter(
        State.VOTING,
        "volume %s is not attached within %d s (volume.attach-timeout): %s"
            .formatted(binding.volume(), binding.attachTimeout().toSeconds(), t.bound.how()));
    return false;
  }

  /** Whether it was usable, and was not seen to be so for too long. */
  private static boolean late(Turn t, Binding binding) {
    return t.bound.usableAt().filter(at -> t.now - at >= binding.lossLimit().toNanos()).isPresent();
  }

  static void timeIs(Turn t) {
    if (t.rules.binding().isEmpty()) {
      return;
    }
    Binding binding = t.rules.binding().get();
    boolean signs = t.key instanceof Key.Live || t.key instanceof Key.GoingIn;
    if (signs && !t.moved() && t.in(State.VALIDATING) && late(t, binding)) {
      t.notBefore = t.now + Rules.HANDOVER.toNanos();
      KeyRules.demote(
          t,
          State.VOTING,
          "volume %s cannot be used for %d s (volume.loss-limit): %s"
              .formatted(binding.volume(), binding.lossLimit().toSeconds(), t.bound.how()),
          Optional.empty());
    }
    order(t);
  }

  private static void order(Turn t) {
    boolean wanted = !(t.key instanceof Key.Out);
    boolean earlier = t.bound.asked().isEmpty();
    boolean asked = t.bound.asked().orElse(false);
    // What an earlier daemon has left attached stays so until its neard is certainly dead.
    if (wanted && !asked) {
      t.order(new Order.AttachVolume());
      t.bound = t.bound.ordered(true, t.now);
    } else if (!wanted && (asked || (earlier && NodeRules.runs(t)))) {
      t.order(new Order.DetachVolume());
      t.bound = t.bound.ordered(false, t.now);
    }
  }

  /** Whether a daemon that ends need not wait for the volume anymore. */
  static boolean settled(Turn t) {
    boolean leaving = t.rules.binding().isPresent() && t.bound.asked().isPresent();
    return !leaving
        || !t.bound.attached()
        || t.now - t.bound.askedAt() >= Binding.FAREWELL.toNanos();
  }
}

package io.kneard.supervisor;

import java.time.Duration;

/** When time alone makes something due, of which no event will tell. */
final class Timetable {
  private final long now;
  private long next;

  private Timetable(long now, Duration atTheLatest) {
    this.now = now;
    this.next = now + atTheLatest.toNanos();
  }

  /** The next time to look at the clock, and not at once again. */
  static long next(Supervision s, Rules rules, long now) {
    Timetable table = new Timetable(now, rules.statusInterval());
    table.neard(s, rules);
    table.key(s.key(), rules);
    table.session(s.session(), rules);
    table.lock(s);
    rules.binding().ifPresent(binding -> table.volume(s, binding));
    return Math.max(table.next, now + Rules.SWAP_INTERVAL);
  }

  private void neard(Supervision s, Rules rules) {
    due(s.probe().at());
    if (s.node() instanceof Node.Down down) {
      due(down.startAt());
    } else if (s.node() instanceof Node.Starting starting) {
      due(starting.since() + rules.startTimeout().toNanos());
    } else if (s.node() instanceof Node.Stopping stopping) {
      due(stopping.killAt());
    }
    if (s.fence().ordered().isPresent() && !s.fence().ordered().equals(s.fence().taken())) {
      due(s.fence().orderedAt() + Rules.FENCE_PATIENCE);
    }
  }

  private void key(Key key, Rules rules) {
    if (key instanceof Key.Settling settling) {
      due(settling.until());
    } else if (key instanceof Key.GoingIn in) {
      due(in.since() + rules.promotionTimeout().toNanos());
    } else if (key instanceof Key.GoingOut out) {
      due(out.killAt());
    }
  }

  private void session(Session session, Rules rules) {
    if (session instanceof Session.None none) {
      due(none.openAt());
    } else if (session instanceof Session.Open open) {
      due(open.renewAt());
      due(open.basis() + rules.stopAfter());
      due(open.acquireAt());
      due(open.announceAt());
    } else if (session instanceof Session.Ending ending) {
      due(ending.tryAt());
      due(ending.giveUpAt());
    }
  }

  private void lock(Supervision s) {
    due(s.lock().watchAt());
    due(s.lock().quietAt());
    due(s.lock().handoverUntil());
    due(s.notBefore());
  }

  private void volume(Supervision s, Binding binding) {
    due(s.since() + binding.attachTimeout().toNanos());
    s.bound().usableAt().ifPresent(at -> due(at + binding.lossLimit().toNanos()));
    due(s.bound().askedAt() + Binding.FAREWELL.toNanos());
  }

  private void due(long at) {
    if (at > now) { // what is older was seen by the decision made now, and waits for an event
      next = Math.min(next, at);
    }
  }
}

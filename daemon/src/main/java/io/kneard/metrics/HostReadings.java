package io.kneard.metrics;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What a {@link HostView} says. */
final class HostReadings {
  private HostReadings() {}

  static List<Reading> of(HostView view) {
    HostView.Lock lock = view.lock();
    HostView.Key key = view.key();
    HostView.Neard neard = view.neard();
    return List.of(
        new Reading(Names.STATE, out -> state(view.state(), out)),
        new Reading(Names.RESTARTS, out -> out.add(neard.restarts())),
        new Reading(Names.UPTIME, out -> out.add(view.uptimeMillis())),
        new Reading(Names.STATE_SECONDS, out -> out.add(view.stateSeconds())),
        new Reading(Names.PAUSED, out -> out.add(view.paused())),
        new Reading(Names.LOCK_HELD, out -> out.add(lock.held())),
        new Reading(Names.LOCK_EPOCH, out -> lock.epoch().ifPresent(out::add)),
        new Reading(Names.LOCK_REACHABLE, out -> lock.reachable().ifPresent(out::add)),
        new Reading(Names.KEY_IN_PROCESS, out -> out.add(key.mayBeInProcess())),
        new Reading(Names.KEY_LIVE, out -> out.add(key.live())),
        new Reading(Names.DEADLINE, out -> key.deadlineSeconds().ifPresent(out::add)),
        new Reading(Names.LEASE, out -> out.add(key.leaseSeconds())),
        new Reading(Names.NEARD_REACHABLE, out -> out.add(neard.answer().isPresent())),
        new Reading(
            Names.DATABASE_STATE,
            out ->
                view.cluster()
                    .ifPresent(
                        cluster ->
                            Names.DATABASE_STATE
                                .labels()
                                .get(0)
                                .values()
                                .forEach(
                                    word ->
                                        out.add(word.equals(cluster.database()) ? 1 : 0, word)))),
        new Reading(
            Names.CERTIFICATE_ENDS,
            out -> view.cluster().ifPresent(c -> c.certificateEnds().ifPresent(out::add))),
        new Reading(
            Names.NEARD_SYNCING, out -> neard.answer().ifPresent(now -> out.add(now.syncing()))),
        new Reading(
            Names.NEARD_HEIGHT, out -> neard.answer().ifPresent(now -> out.add(now.height()))),
        duties(Names.PRODUCED, neard, Duties.Share::produced),
        duties(Names.EXPECTED, neard, Duties.Share::expected),
        duties(Names.RATIO, neard, Duties.Share::ratio));
  }

  private static void state(String current, Reading.Sink out) {
    for (String each : Names.STATE.labels().get(0).values()) {
      out.add(each.equals(current) ? 1 : 0, each);
    }
  }

  private static Reading duties(
      Metric metric, HostView.Neard neard, Function<Duties.Share, OptionalDouble> number) {
    return new Reading(
        metric,
        out ->
            neard
                .duties()
                .ifPresent(
                    duties -> {
                      number.apply(duties.blocks()).ifPresent(value -> out.add(value, "blocks"));
                      number.apply(duties.chunks()).ifPresent(value -> out.add(value, "chunks"));
                    }));
  }
}

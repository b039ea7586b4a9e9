package io.kneard.datamesh.control;

import io.kneard.datamesh.Report;
import io.kneard.datamesh.intent.Place;
import io.kneard.datamesh.intent.Scene;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** From what is stored to what the planner plans from. Pure. */
public final class Scenes {
  private Scenes() {}

  /** The scene of one volume; {@code floor} is that of {@link HostState#site}. */
  public static Scene of(Stored stored, Map<String, HostState> hosts, Instant now, Instant floor) {
    VolumeDocument document = stored.document();
    return new Scene(
        document.wish(),
        document.waypoint(),
        document.volume(),
        document.places(),
        reports(stored, hosts),
        document.intents(),
        hosts.values().stream().map(host -> host.site(now, floor)).toList());
  }

  private static Map<Integer, Report> reports(Stored stored, Map<String, HostState> hosts) {
    Map<Integer, Report> reports = new TreeMap<>();
    for (Place place : stored.document().places()) {
      boolean online =
          Optional.ofNullable(hosts.get(place.node())).filter(HostState::online).isPresent();
      stored
          .said(place)
          .flatMap(said -> Credible.report(said.report(), stored.document().volume().mesh()))
          .ifPresent(said -> reports.put(place.replica(), said.heard(online)));
    }
    return reports;
  }
}

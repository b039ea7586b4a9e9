package io.kneard.datamesh.intent;

import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Volume;
import java.util.List;
import java.util.Map;

/**
 * All that the plan for one volume depends on, read at one moment.
 *
 * @param waypoint the layout the mesh was last on the way to; the goal for a new volume
 * @param reports what was last heard of each replica, by its id
 * @param intents where somebody wants to use the volume
 * @param sites all hosts of the cluster
 */
public record Scene(
    Wish wish,
    Configuration waypoint,
    Volume volume,
    List<Place> places,
    Map<Integer, Report> reports,
    List<AttachIntent> intents,
    List<Site> sites) {
  public Scene {
    places = List.copyOf(places);
    reports = Map.copyOf(reports);
    intents = List.copyOf(intents);
    sites = List.copyOf(sites);
  }
}

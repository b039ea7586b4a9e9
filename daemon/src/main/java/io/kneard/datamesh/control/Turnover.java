package io.kneard.datamesh.control;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Order;
import io.kneard.datamesh.Outcome;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.engine.Engine;
import io.kneard.datamesh.intent.Exit;
import io.kneard.datamesh.intent.Intention;
import io.kneard.datamesh.intent.Place;
import io.kneard.datamesh.intent.Planner;
import io.kneard.datamesh.intent.Scene;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * From a stored volume to the next: what is intended, then what the engine decides, then what is
 * over. Pure but for the device ids, which are drawn.
 *
 * @param next empty: nothing is left of the volume
 * @param intention what replicas it is to have, and why
 * @param picture what the engine was given
 * @param outcome what it has said
 * @param waits what else has to be waited for, in words
 */
public record Turnover(
    Optional<VolumeDocument> next,
    Intention intention,
    Picture picture,
    Outcome outcome,
    List<String> waits) {

  public Turnover {
    waits = List.copyOf(waits);
  }

  /**
   * What a decision depends on beside the volume.
   *
   * @param hosts all of the cluster, by name
   * @param floor a host that is not there counts as gone since then at the earliest
   * @param deviceIds for new replicas; never the same twice
   */
  public record Around(
      Map<String, HostState> hosts, Instant now, Instant floor, Supplier<String> deviceIds) {}

  /** The next state. */
  public static Turnover of(Stored stored, Around around) {
    Stored begun = stored.with(goingStayGoing(stored.document()));
    Scene scene = Scenes.of(begun, around.hosts(), around.now(), around.floor());
    Intention intention = Planner.plan(scene, around.now());
    VolumeDocument intended = intended(begun.document(), intention, around);
    Picture picture = withForce(intention.picture(scene), intended.forceDetach());
    Outcome outcome = Engine.decide(picture);
    VolumeDocument decided = intended.withVolume(outcome.volume());
    if (decided.volume().deleting()) {
      decided = withoutMembers(decided);
    }
    List<String> waits = new ArrayList<>();
    VolumeDocument next = forgetful(begun.with(decided), outcome, around.hosts(), waits);
    boolean over =
        next.volume().deleting()
            && next.places().isEmpty()
            && next.volume().mesh().members().isEmpty();
    return new Turnover(
        over ? Optional.empty() : Optional.of(next), intention, picture, outcome, waits);
  }

  /** A replica that has left the mesh and is on its way out does not turn round. */
  private static VolumeDocument goingStayGoing(VolumeDocument document) {
    if (document.leaving().isEmpty()) {
      return document;
    }
    List<Place> places = document.places().stream().map(place -> going(document, place)).toList();
    return document.withPlaces(places, document.leaving());
  }

  private static Place going(VolumeDocument document, Place place) {
    boolean out =
        document.leaving().contains(place.replica())
            && document.volume().mesh().stage() == Stage.FORMED
            && document.volume().mesh().member(place.replica()).isEmpty();
    return out && !place.deleted() ? place.with(Exit.DELETED) : place;
  }

  private static VolumeDocument intended(
      VolumeDocument document, Intention intention, Around around) {
    Set<Integer> leaving =
        document.volume().deleting()
            ? intention.places().stream().map(Place::replica).collect(Collectors.toSet())
            : intention.leaving();
    VolumeDocument next =
        document.withPlaces(intention.places(), leaving).withWaypoint(intention.waypoint());
    return next.withDisks(disks(next, around));
  }

  /** New replicas get their ids; until there is data it is noted what new disks would contain. */
  private static Map<Integer, Disk> disks(VolumeDocument document, Around around) {
    Map<Integer, Disk> disks = new TreeMap<>(document.disks());
    boolean formed = document.volume().mesh().stage() == Stage.FORMED;
    for (Place place : document.places()) {
      Disk before = disks.get(place.replica());
      if (before == null) {
        disks.put(place.replica(), new Disk(around.deviceIds().get(), zeroed(place, around)));
      } else if (!formed) {
        disks.put(place.replica(), new Disk(before.deviceId(), zeroed(place, around)));
      }
    }
    return disks;
  }

  private static boolean zeroed(Place place, Around around) {
    return place
        .pool()
        .flatMap(
            pool ->
                Optional.ofNullable(around.hosts().get(place.node()))
                    .flatMap(host -> host.facts().pool(pool)))
        .filter(HostFacts.PoolFacts::zeroed)
        .isPresent();
  }

  private static Picture withForce(Picture picture, Set<Integer> forceDetach) {
    List<Request> requests = new ArrayList<>();
    forceDetach.forEach(id -> requests.add(new Request.ForceDetach(id)));
    requests.addAll(picture.requests());
    return new Picture(
        picture.volume(),
        picture.replicas(),
        picture.hosts(),
        picture.founders(),
        requests,
        picture.intents());
  }

  /** Nobody uses it: all members go at once, there is nothing left to protect. */
  private static VolumeDocument withoutMembers(VolumeDocument document) {
    Mesh mesh = document.volume().mesh();
    boolean used = mesh.members().stream().anyMatch(Member::attached);
    if (used || mesh.members().isEmpty()) {
      return document;
    }
    Mesh none = mesh.withMembers(List.of()).publishedAfter(mesh);
    return document.withVolume(document.volume().after(none, List.of()));
  }

  /** Replicas of which nothing remains are forgotten; so is what is over. */
  private static VolumeDocument forgetful(
      Stored stored, Outcome outcome, Map<String, HostState> hosts, List<String> waits) {
    VolumeDocument document = stored.document();
    List<Place> left = new ArrayList<>();
    for (Place place : document.places()) {
      boolean remains = hosts.containsKey(place.node()) && !stored.gone(place);
      boolean released = released(document, outcome, place.replica());
      if (!released || remains) {
        left.add(place);
      }
      if (released && remains) {
        waits.add(waitsFor(place, hosts.get(place.node())));
      }
    }
    Set<Integer> forced = new TreeSet<>(document.forceDetach());
    forced.removeIf(id -> document.volume().mesh().member(id).filter(Member::attached).isEmpty());
    return document.withPlaces(left, document.leaving()).withForceDetach(forced);
  }

  /** Whether the engine has nothing more to do with it. */
  private static boolean released(VolumeDocument document, Outcome outcome, int id) {
    boolean outside =
        document.leaving().contains(id) && document.volume().mesh().member(id).isEmpty();
    return outside
        && (document.volume().deleting()
            || outcome.orders().stream()
                .anyMatch(order -> order instanceof Order.Forget forget && forget.replica() == id));
  }

  private static String waitsFor(Place place, HostState host) {
    String here =
        host.online()
            ? "%s removes what is left of replica #%d"
            : "%s is not heard of, and has not removed replica #%d yet; if it does not come back,"
                + " remove it from the cluster";
    return here.formatted(place.node(), place.replica());
  }
}

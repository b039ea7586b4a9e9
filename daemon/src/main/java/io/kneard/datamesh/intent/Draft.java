package io.kneard.datamesh.intent;

import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.VolumeAccess;
import io.kneard.datamesh.plan.Facts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One plan in the making. Lives for one call of {@link Planner#plan} and is seen by nobody else.
 */
final class Draft {
  final Scene scene;
  final Instant now;
  final Facts facts;
  private final Map<String, Site> sites = new TreeMap<>();
  private final Map<Integer, Place> places = new LinkedHashMap<>();
  private final Map<Integer, Standing> standings = new HashMap<>();
  private List<Standing> staying = List.of();
  private boolean stayingKnown;
  private final Set<Integer> leaving = new LinkedHashSet<>();
  private final Map<Integer, String> reasons = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private Configuration configuration;
  private Optional<Instant> again = Optional.empty();

  Draft(Scene scene, Instant now) {
    this.scene = scene;
    this.now = now;
    this.configuration = scene.waypoint();
    scene.sites().forEach(site -> sites.put(site.node(), site));
    scene.places().forEach(place -> places.put(place.replica(), place));
    this.facts = new Facts(picture(scene), scene.volume().mesh());
  }

  private static Picture picture(Scene scene) {
    return new Intention(
            scene.waypoint(),
            scene.waypoint(),
            scene.places(),
            Set.of(),
            List.of(),
            List.of(),
            List.of(),
            "",
            Optional.empty())
        .picture(scene);
  }

  Mesh mesh() {
    return scene.volume().mesh();
  }

  List<Transition> active() {
    return scene.volume().transitions();
  }

  boolean formed() {
    return mesh().stage() == Stage.FORMED;
  }

  Configuration configuration() {
    return configuration;
  }

  void configure(Configuration next) {
    configuration = next;
  }

  boolean local() {
    return configuration.volumeAccess() == VolumeAccess.LOCAL;
  }

  List<Place> places() {
    return List.copyOf(places.values());
  }

  boolean leaves(int id) {
    return leaving.contains(id);
  }

  Set<Integer> leaving() {
    return Set.copyOf(leaving);
  }

  Optional<Site> site(String node) {
    return Optional.ofNullable(sites.get(node));
  }

  List<Site> sites() {
    return List.copyOf(sites.values());
  }

  Optional<Place> on(String node) {
    return places.values().stream().filter(place -> place.node().equals(node)).findFirst();
  }

  /** Bytes a backing volume has to have. */
  long needed() {
    return Planner.needed(scene);
  }

  /** The places that are not to go, as they stand. */
  List<Standing> staying() {
    if (!stayingKnown) {
      staying =
          places.values().stream()
              .filter(place -> !leaving.contains(place.replica()))
              .map(this::standing)
              .toList();
      stayingKnown = true;
    }
    return staying;
  }

  /** Of these, the ones of a type. */
  List<Standing> staying(MemberType type) {
    return staying().stream().filter(one -> one.is(type)).toList();
  }

  /** Asked for often, and of nothing that changes while it is planned but the place itself. */
  Standing standing(Place place) {
    Standing known = standings.get(place.replica());
    if (known == null || !known.place().equals(place)) {
      known = look(place);
      standings.put(place.replica(), known);
    }
    return known;
  }

  private Standing look(Place place) {
    int id = place.replica();
    Optional<Member> member = mesh().member(id);
    boolean departing =
        active().stream()
            .filter(t -> t.concerns(id) && t.group().membership())
            .anyMatch(t -> !t.target().equals(Optional.of(place.type())));
    return new Standing(
        place,
        member,
        ground(place),
        site(place.node()).map(Site::zone).or(() -> member.map(Member::zone)).orElse(""),
        used(place.node()) || member.filter(Member::attached).isPresent(),
        departing,
        member.filter(one -> one.type().voter() && facts.upToDate(one)).isPresent());
  }

  boolean used(String node) {
    return scene.intents().stream().map(AttachIntent::node).anyMatch(node::equals);
  }

  private Ground ground(Place place) {
    Optional<Site> site = site(place.node());
    if (site.isEmpty() || site.get().gone(scene.wish().patience().replaceAfter(), now)) {
      return Ground.LOST;
    }
    if (site.get().drained()) {
      return Ground.DRAINED;
    }
    if (!scene.wish().allows(place.node())) {
      return Ground.FORBIDDEN;
    }
    return site.get().up() ? Ground.GOOD : Ground.DOWN;
  }

  /** A new replica, if there is an id for it. */
  boolean create(Site site, MemberType type, Optional<String> pool, String why) {
    Optional<Integer> id =
        IntStream.rangeClosed(Member.MIN_ID, Member.MAX_ID)
            .boxed()
            .filter(free -> !places.containsKey(free) && mesh().member(free).isEmpty())
            .findFirst();
    id.ifPresent(
        free -> put(new Place(free, site.node(), type, pool, Origin.PLANNER, Exit.STAYS, why)));
    if (id.isEmpty()) {
      note(
          "a %s is to be on %s, and there are already %d replicas"
              .formatted(type.title(), site.node(), places.size()));
    }
    return id.isPresent();
  }

  void retype(int id, MemberType type, Optional<String> pool, String why) {
    put(places.get(id).as(type, pool, why));
  }

  void ownedByPlanner(int id) {
    put(places.get(id).by(Origin.PLANNER));
  }

  private void put(Place place) {
    places.put(place.replica(), place);
    stayingKnown = false;
  }

  void leave(int id, String why) {
    leaving.add(id);
    stayingKnown = false;
    say(id, why);
  }

  /** Why a replica is wanted as it is; the last word counts. */
  void say(int id, String text) {
    reasons.put(id, text);
  }

  Optional<String> said(int id) {
    return Optional.ofNullable(reasons.get(id));
  }

  /** Something to be said of the whole volume. */
  void note(String text) {
    if (!notes.contains(text)) {
      notes.add(text);
    }
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Time alone changes something at this moment. */
  void lookAgain(Instant at) {
    if (again.isEmpty() || at.isBefore(again.get())) {
      again = Optional.of(at);
    }
  }

  Optional<Instant> again() {
    return again;
  }
}

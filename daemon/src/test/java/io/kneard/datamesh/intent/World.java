package io.kneard.datamesh.intent;

import io.kneard.datamesh.Address;
import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Order;
import io.kneard.datamesh.Outcome;
import io.kneard.datamesh.PeerReport;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.Volume;
import io.kneard.datamesh.VolumeAccess;
import io.kneard.datamesh.engine.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Hosts, one volume, the planner and the engine; each host's agent does at once what is published,
 * and a disk is synced a moment later.
 */
final class World {
  static final long SIZE = 1L << 30;
  static final Patience PATIENCE = new Patience(Duration.ofMinutes(30), Duration.ofMinutes(5));
  private static final int ENOUGH = 400;

  final Map<String, Site> sites = new TreeMap<>();
  final List<AttachIntent> intents = new ArrayList<>();
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  Wish wish;
  Configuration waypoint;
  Volume volume;
  List<Place> places = new ArrayList<>();
  Intention intention;
  Outcome outcome;
  private final Map<Integer, Mesh> applied = new HashMap<>();
  private final Set<Integer> upToDate = new HashSet<>();

  World(Configuration goal) {
    wish = new Wish(Mode.MANAGED, goal, PATIENCE, Set.of(), Optional.empty());
    waypoint = goal;
    volume = new Volume("v", goal, SIZE, false, Mesh.NONE, List.of());
  }

  static Configuration configuration(int bdl, int bua) {
    return new Configuration(bdl, bua, Topology.IGNORED, VolumeAccess.ANY, 1);
  }

  World host(String node, String zone) {
    sites.put(
        node, new Site(node, zone, false, Optional.empty(), false, Map.of("pool", 100 * SIZE), 0));
    return this;
  }

  World hosts(int count) {
    for (int i = 1; i <= count; i++) {
      host("n" + i, "");
    }
    return this;
  }

  void goal(Configuration goal) {
    wish = new Wish(wish.mode(), goal, PATIENCE, wish.hosts(), wish.pool());
  }

  void manual() {
    wish = new Wish(Mode.MANUAL, wish.goal(), PATIENCE, wish.hosts(), wish.pool());
  }

  void only(Set<String> hosts) {
    wish = new Wish(wish.mode(), wish.goal(), PATIENCE, hosts, wish.pool());
  }

  void drain(String node, boolean drained) {
    Site s = sites.get(node);
    sites.put(
        node,
        new Site(node, s.zone(), drained, s.goneSince(), s.nonVoting(), s.pools(), s.replicas()));
  }

  void free(String node, long bytes) {
    Site s = sites.get(node);
    sites.put(
        node,
        new Site(
            node,
            s.zone(),
            s.drained(),
            s.goneSince(),
            s.nonVoting(),
            Map.of("pool", bytes),
            s.replicas()));
  }

  void crash(String node) {
    up(node, sites.get(node).goneSince().or(() -> Optional.of(now)));
  }

  void start(String node) {
    if (up(node)) {
      return;
    }
    up(node, Optional.empty());
    for (Place place : places) {
      boolean others = upToDate.stream().anyMatch(id -> id != place.replica() && live(id));
      if (place.node().equals(node) && others) {
        upToDate.remove(place.replica());
      }
    }
  }

  private void up(String node, Optional<Instant> goneSince) {
    Site s = sites.get(node);
    sites.put(
        node,
        new Site(node, s.zone(), s.drained(), goneSince, s.nonVoting(), s.pools(), s.replicas()));
  }

  boolean up(String node) {
    return Optional.ofNullable(sites.get(node)).filter(Site::up).isPresent();
  }

  void use(String node) {
    intents.add(new AttachIntent(node, now.toEpochMilli()));
  }

  void stopUsing(String node) {
    intents.removeIf(intent -> intent.node().equals(node));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  void edit(Administrator.Answer answer) {
    places = new ArrayList<>(((Administrator.Answer.Accepted) answer).places());
  }

  Scene scene() {
    return new Scene(
        wish, waypoint, volume, places, reports(), intents, List.copyOf(sites.values()));
  }

  /** Plans, decides, stores, lets every agent do what is published. Says whether anything moved. */
  boolean step() {
    Volume before = volume;
    List<Place> placesBefore = List.copyOf(places);
    Map<Integer, Mesh> appliedBefore = Map.copyOf(applied);
    Scene scene = scene();
    intention = Planner.plan(scene, now);
    outcome = Engine.decide(intention.picture(scene));
    volume = outcome.volume();
    waypoint = intention.waypoint();
    places = new ArrayList<>(intention.places());
    for (Order order : outcome.orders()) {
      if (order instanceof Order.Forget forget) {
        places.removeIf(place -> place.replica() == forget.replica());
        applied.remove(forget.replica());
        upToDate.remove(forget.replica());
      }
    }
    places.forEach(this::apply);
    return !before.equals(volume) || !placesBefore.equals(places) || !appliedBefore.equals(applied);
  }

  /** Every disk that can be is synced. Says whether one was. */
  boolean sync() {
    boolean any = false;
    for (Place place : places) {
      int id = place.replica();
      boolean source = upToDate.stream().anyMatch(other -> other != id && live(other));
      boolean disk = member(id).filter(m -> m.type().diskAttached()).isPresent();
      if (live(id) && disk && source) {
        any |= upToDate.add(id);
      }
    }
    return any;
  }

  /** Goes on until nothing moves anymore. */
  void rest() {
    for (int i = 0; i < ENOUGH; i++) {
      boolean moved = step();
      moved |= sync();
      if (!moved) {
        return;
      }
    }
    throw new AssertionError("no rest: " + intention.why() + " " + volume);
  }

  private void apply(Place place) {
    int id = place.replica();
    if (!up(place.node())) {
      return;
    }
    boolean had = member(id).filter(m -> m.type().diskAttached()).isPresent();
    if (volume.mesh().member(id).isPresent()) {
      applied.put(id, volume.mesh());
    } else {
      applied.remove(id);
    }
    boolean has = member(id).filter(m -> m.type().diskAttached()).isPresent();
    if (!(had && has)) {
      upToDate.remove(id);
    }
    if (has && volume.mesh().stage() == Stage.SEEDING) {
      upToDate.add(id);
    }
  }

  private Optional<Member> member(int id) {
    return Optional.ofNullable(applied.get(id)).flatMap(mesh -> mesh.member(id));
  }

  boolean live(int id) {
    return places.stream().anyMatch(place -> place.replica() == id && up(place.node()));
  }

  boolean hasData(int id) {
    return upToDate.contains(id);
  }

  Collection<Integer> copies() {
    return Set.copyOf(upToDate);
  }

  private Map<Integer, Report> reports() {
    Map<Integer, Report> reports = new HashMap<>();
    places.forEach(place -> reports.put(place.replica(), report(place)));
    return reports;
  }

  private Report report(Place place) {
    int id = place.replica();
    return new Report(
        Optional.ofNullable(applied.get(id)).map(Mesh::revision).orElse(0L),
        live(id),
        true,
        member(id).isPresent(),
        disk(id),
        Optional.of(quorum(id)),
        false,
        Optional.of(SIZE * 2),
        List.of(new Address("net", "10.0.0." + place.node().substring(1), 7000 + id)),
        places.stream()
            .map(Place::replica)
            .filter(peer -> connected(id, peer))
            .map(peer -> new PeerReport(peer, true, disk(peer), false))
            .toList(),
        Optional.empty());
  }

  private DiskState disk(int id) {
    boolean disk = member(id).filter(m -> m.type().diskAttached()).isPresent();
    return !disk
        ? DiskState.DISKLESS
        : upToDate.contains(id) ? DiskState.UP_TO_DATE : DiskState.INCONSISTENT;
  }

  private boolean connected(int a, int b) {
    return a != b && live(a) && live(b) && knows(a, b) && knows(b, a);
  }

  private boolean knows(int a, int b) {
    return Optional.ofNullable(applied.get(a)).flatMap(mesh -> mesh.member(b)).isPresent();
  }

  /** Whether the hosts that are up have quorum together; nobody is cut off here. */
  private boolean quorum(int id) {
    Mesh mesh = applied.get(id);
    if (mesh == null || !live(id)) {
      return false;
    }
    long votes = mesh.voters().stream().filter(one -> live(one.id())).count();
    long copies = mesh.voters().stream().filter(m -> live(m.id()) && hasData(m.id())).count();
    long ties = mesh.tieBreakers().stream().filter(one -> live(one.id())).count();
    boolean tie =
        mesh.voters().size() % 2 == 0
            && votes == mesh.q() - 1
            && ties >= mesh.tieBreakers().size() / 2 + 1;
    return (votes >= mesh.q() || tie) && copies >= mesh.qmr();
  }
}

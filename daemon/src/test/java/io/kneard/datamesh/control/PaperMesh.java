package io.kneard.datamesh.control;

import io.kneard.datamesh.Address;
import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.PeerReport;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.Volume;
import io.kneard.datamesh.VolumeAccess;
import io.kneard.datamesh.intent.Exit;
import io.kneard.datamesh.intent.Mode;
import io.kneard.datamesh.intent.Origin;
import io.kneard.datamesh.intent.Patience;
import io.kneard.datamesh.intent.Place;
import io.kneard.datamesh.intent.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One volume without a database: what is stored is a field, and agents do at once what is
 * published.
 */
final class PaperMesh {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final int ROUNDS = 100;

  final Map<String, HostState> hosts = new TreeMap<>();
  final Map<String, Said> reports = new HashMap<>();
  Instant now = NOW;
  Optional<VolumeDocument> document = Optional.empty();
  List<String> waits = List.of();
  private long changed = 1;
  private int ids = 1;

  PaperMesh(String... names) {
    for (String name : names) {
      host(name, true, Optional.empty());
    }
  }

  void host(String name, boolean online, Optional<String> problem) {
    hosts.put(
        name,
        new HostState(
            name,
            HostWishes.NONE,
            new HostFacts(
                Optional.of("9.2.18"),
                Optional.of("9.31.0"),
                false,
                problem,
                0,
                List.of(new HostFacts.PoolFacts("pool", true, 1L << 40, Optional.empty(), "")),
                List.of(new HostFacts.Network("net", name))),
            online,
            Optional.of(NOW),
            0));
  }

  String deviceId() {
    return "%016X".formatted(ids++);
  }

  static Volume volume(int fttBdl, int fttBua) {
    Configuration configuration =
        new Configuration(fttBdl, fttBua, Topology.IGNORED, VolumeAccess.ANY, 1);
    return new Volume("v", configuration, 1 << 30, false, Mesh.NONE, List.of());
  }

  /** A volume for which an administrator asks for a replica of each of these types. */
  PaperMesh found(MemberType... types) {
    document = Optional.of(fresh(Mode.MANUAL));
    List<String> nodes = new ArrayList<>(hosts.keySet());
    for (int i = 0; i < types.length; i++) {
      add(nodes.get(i), types[i]);
    }
    return this;
  }

  /** A volume that is to have the replicas its protection takes. */
  PaperMesh managed() {
    document = Optional.of(fresh(Mode.MANAGED));
    return this;
  }

  private static VolumeDocument fresh(Mode mode) {
    Volume volume = volume(1, 1);
    Wish wish =
        new Wish(mode, volume.configuration(), Patience.DEFAULT, Set.of(), Optional.empty());
    return VolumeDocument.fresh(0, Optional.empty(), wish, volume);
  }

  void add(String node, MemberType type) {
    VolumeDocument now = document.orElseThrow();
    Optional<String> pool = type.backed() ? Optional.of("pool") : Optional.empty();
    int id = now.freeId().orElseThrow();
    document =
        Optional.of(
            with(
                now,
                new Place(id, node, type, pool, Origin.ADMINISTRATOR, Exit.STAYS, "asked for")));
  }

  private static VolumeDocument with(VolumeDocument document, Place changed) {
    List<Place> places = new ArrayList<>(document.places());
    places.removeIf(place -> place.replica() == changed.replica());
    places.add(changed);
    return document.withPlaces(places, document.leaving());
  }

  void retype(String node, MemberType type) {
    VolumeDocument now = document.orElseThrow();
    Place place = now.on(node).orElseThrow();
    document = Optional.of(with(now, place.as(type, Optional.of("pool"), "asked for")));
  }

  void remove(String node, Exit exit) {
    VolumeDocument now = document.orElseThrow();
    document = Optional.of(with(now, now.on(node).orElseThrow().with(exit)));
  }

  void use(String node) {
    document =
        document.map(it -> it.withIntents(List.of(new AttachIntent(node, now.toEpochMilli()))));
  }

  void delete() {
    VolumeDocument was = document.orElseThrow();
    Volume v = was.volume();
    document =
        Optional.of(
            was.withVolume(
                new Volume(
                    v.name(), v.configuration(), v.wantedSize(), true, v.mesh(), v.transitions())));
  }

  Stored stored() {
    return new Stored("v", document.orElseThrow(), changed, reports);
  }

  Turnover decide() {
    Turnover turnover = Turnover.of(stored(), new Turnover.Around(hosts, now, NOW, this::deviceId));
    document = turnover.next();
    waits = turnover.waits();
    changed++;
    return turnover;
  }

  /** Agents and decisions in turn, until nothing changes. */
  PaperMesh settle() {
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, Said> before = Map.copyOf(reports);
      Optional<VolumeDocument> had = document;
      agents();
      if (document.isPresent()) {
        decide();
      }
      if (before.equals(reports) && had.equals(document)) {
        return this;
      }
    }
    throw new AssertionError("no rest: " + document);
  }

  private void agents() {
    VolumeDocument all = document.orElse(null);
    for (Place place : all == null ? List.<Place>of() : all.places()) {
      if (hosts.get(place.node()).online() && all.disks().containsKey(place.replica())) {
        reports.put(all.disk(place).deviceId(), report(place));
      }
    }
  }

  private Said report(Place replica) {
    VolumeDocument published = document.orElseThrow();
    Mesh mesh = published.volume().mesh();
    Optional<Member> self = mesh.member(replica.replica());
    boolean disk = self.filter(member -> member.type().diskAttached()).isPresent();
    List<PeerReport> peers =
        self.isEmpty()
            ? List.of()
            : mesh.where(peer -> peer.id() != replica.replica() && up(peer.node())).stream()
                .map(peer -> new PeerReport(peer.id(), true, disk(peer.type()), false))
                .toList();
    Report report =
        new Report(
            self.map(member -> mesh.revision()).orElse(0L),
            true,
            true,
            self.isPresent(),
            disk ? DiskState.UP_TO_DATE : DiskState.DISKLESS,
            Optional.of(true),
            false,
            Optional.of(1L << 40),
            List.of(new Address("net", replica.node(), 7000)),
            peers,
            Optional.empty());
    return new Said(
        report,
        self.isEmpty()
            && (published.leaving().contains(replica.replica()) || published.volume().deleting()));
  }

  private boolean up(String node) {
    return hosts.get(node).online();
  }

  private static DiskState disk(MemberType type) {
    return type.diskAttached() ? DiskState.UP_TO_DATE : DiskState.DISKLESS;
  }

  Mesh mesh() {
    return document.orElseThrow().volume().mesh();
  }

  /** Types of the members, by node. */
  Map<String, MemberType> members() {
    Map<String, MemberType> types = new TreeMap<>();
    mesh().members().forEach(member -> types.put(member.node(), member.type()));
    return types;
  }
}

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  Intention intention = Intention.MANUAL;
  Optional<VolumeDocument> document = Optional.empty();
  List<String> sentences = List.of();
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
                List.of(new HostFacts.PoolFacts("pool", true, 1L << 40, Optional.empty())),
                List.of(new HostFacts.Network("net", name))),
            online,
            Optional.of(NOW)));
  }

  String deviceId() {
    return "%016X".formatted(ids++);
  }

  static Volume volume(int fttBdl, int fttBua) {
    Configuration configuration =
        new Configuration(fttBdl, fttBua, Topology.IGNORED, VolumeAccess.ANY, 1);
    return new Volume("v", configuration, 1 << 30, false, Mesh.NONE, List.of());
  }

  /** A volume that is to be formed by replicas of this type on all hosts. */
  PaperMesh found(Mode mode, MemberType... types) {
    VolumeDocument made =
        new VolumeDocument(0, mode, Optional.empty(), volume(1, 1), List.of(), List.of());
    Edits edits = new Edits(made, hosts, this::deviceId);
    List<String> nodes = new ArrayList<>(hosts.keySet());
    for (int i = 0; i < types.length; i++) {
      edits.apply(new Intention.Edit.Create(nodes.get(i), types[i], Optional.of("pool")));
    }
    document = Optional.of(edits.document());
    return this;
  }

  Optional<String> edit(Intention.Edit edit) {
    Edits edits = new Edits(document.orElseThrow(), hosts, this::deviceId);
    Optional<String> why = edits.apply(edit);
    document = Optional.of(edits.document());
    return why;
  }

  void use(String node) {
    document =
        document.map(it -> it.withIntents(List.of(new AttachIntent(node, NOW.toEpochMilli()))));
  }

  void delete() {
    VolumeDocument now = document.orElseThrow();
    Volume v = now.volume();
    Volume deleting =
        new Volume(v.name(), v.configuration(), v.wantedSize(), true, v.mesh(), v.transitions());
    document =
        Optional.of(
            now.withVolume(deleting)
                .withReplicas(now.replicas().stream().map(one -> one.leave(false)).toList()));
  }

  Stored stored() {
    return new Stored("v", document.orElseThrow(), changed, reports);
  }

  Turnover decide() {
    Turnover turnover = Turnover.of(stored(), hosts, intention, this::deviceId, NOW);
    document = turnover.next();
    sentences = turnover.sentences();
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
    for (ReplicaDocument replica : document.map(VolumeDocument::replicas).orElse(List.of())) {
      if (hosts.get(replica.node()).online()) {
        reports.put(replica.deviceId(), report(replica));
      }
    }
  }

  private Said report(ReplicaDocument replica) {
    VolumeDocument now = document.orElseThrow();
    Mesh mesh = now.volume().mesh();
    Optional<Member> self = mesh.member(replica.id());
    boolean disk = self.filter(member -> member.type().diskAttached()).isPresent();
    List<PeerReport> peers =
        self.isEmpty()
            ? List.of()
            : mesh.where(peer -> peer.id() != replica.id() && up(peer.node())).stream()
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
    return new Said(report, self.isEmpty() && replica.leaving());
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

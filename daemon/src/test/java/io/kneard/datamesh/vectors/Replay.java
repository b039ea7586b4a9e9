package io.kneard.datamesh.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.datamesh.Address;
import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.Host;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.PeerReport;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Replica;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.Volume;
import io.kneard.datamesh.VolumeAccess;
import io.kneard.datamesh.engine.Engine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A mesh from its beginning, with hosts that do at once what is published. */
final class Replay {
  private static final Optional<String> POOL = Optional.of("pool");

  /** The reference has larger ids than there are; the one that joins is always this one. */
  private static final int LARGE = 9;

  final List<Request> requests = new ArrayList<>();
  final List<AttachIntent> intents = new ArrayList<>();

  /** Replicas of which nothing is heard, and that exist no more. */
  final Set<Integer> dead = new TreeSet<>();

  final Set<Integer> behind = new TreeSet<>();
  private final boolean shadows;
  private final Map<Integer, Long> revisions = new TreeMap<>();
  private final Set<Integer> upToDate = new HashSet<>();
  private Volume volume;

  Replay(int bua, int bdl, int attachments, boolean shadows, Mesh mesh) {
    this.shadows = shadows;
    this.volume =
        new Volume(
            "v",
            new Configuration(bdl, bua, Topology.IGNORED, VolumeAccess.ANY, attachments),
            mesh.size(),
            false,
            mesh,
            List.of());
    mesh.members().forEach(member -> revisions.put(member.id(), mesh.revision()));
    mesh.members().forEach(member -> upToDate.add(member.id()));
  }

  /** From a recorded beginning. */
  static Replay of(JsonNode row) {
    JsonNode initial = row.get("initial");
    List<Member> members = new ArrayList<>();
    initial
        .get("members")
        .forEach(
            one ->
                members.add(
                    member(
                        id(one.get("name").asText()),
                        Names.type(one.get("type").asText()),
                        one.get("attached").asBoolean())));
    Replay replay =
        new Replay(
            initial.at("/config/ftt").asInt(),
            initial.at("/config/gmdr").asInt(),
            Math.max(1, initial.get("maxAttachments").asInt()),
            row.at("/features/shadowDiskful").asBoolean(),
            mesh(
                members,
                initial.get("q").asInt(),
                initial.get("qmr").asInt(),
                initial.get("multiattach").asBoolean()));
    initial.get("requests").forEach(replay::ask);
    initial
        .get("rvas")
        .forEach(
            node -> replay.intents.add(new AttachIntent(node.asText(), replay.intents.size())));
    return replay;
  }

  static Mesh mesh(List<Member> members, int q, int qmr, boolean multiattach) {
    return new Mesh(10, Stage.FORMED, members, q, qmr, multiattach, 1 << 20, List.of());
  }

  static Member member(int id, MemberType type, boolean attached) {
    return new Member(
        id,
        "node-" + id,
        "",
        type,
        addresses(id),
        attached,
        type.backed() ? POOL : Optional.empty());
  }

  static int id(String name) {
    int recorded = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    return recorded == LARGE ? Member.MAX_ID : recorded;
  }

  private void ask(JsonNode request) {
    int id = id(request.get("name").asText());
    MemberType type = request.has("type") ? Names.type(request.get("type").asText()) : null;
    switch (request.get("op").asText()) {
      case "Join" -> requests.add(new Request.Add(id, type, POOL));
      case "ChangeRole" -> requests.add(new Request.ChangeType(id, type, POOL));
      case "Leave" -> requests.add(new Request.Remove(id));
      case "ForceDetach" -> lose(id, new Request.ForceDetach(id));
      case "ForceLeave" -> lose(id, new Request.ForceRemove(id));
      default -> throw new IllegalArgumentException(request.toString());
    }
  }

  void lose(int id, Request request) {
    dead.add(id);
    requests.add(request);
  }

  Mesh mesh() {
    return volume.mesh();
  }

  /** Decides; then all hosts that live get there, and their disks are synced. */
  void step() {
    volume = Engine.decide(picture()).volume();
    for (Replica replica : replicas()) {
      int id = replica.id();
      Optional<Member> member = mesh().member(id);
      revisions.put(id, member.isPresent() ? mesh().revision() : 0L);
      boolean disk = member.filter(one -> one.type().diskAttached()).isPresent();
      if (!disk) {
        upToDate.remove(id);
      } else if (!behind.contains(id)) {
        upToDate.add(id);
      }
    }
  }

  boolean hasData(int id) {
    return upToDate.contains(id) && !dead.contains(id);
  }

  private Picture picture() {
    Map<String, Host> hosts = new HashMap<>();
    for (int id = 0; id <= Member.MAX_ID; id++) {
      hosts.put("node-" + id, new Host("node-" + id, "", true, true, shadows));
    }
    return new Picture(volume, replicas(), hosts, List.of(), requests, intents);
  }

  private List<Replica> replicas() {
    Set<Integer> ids = new TreeSet<>(revisions.keySet());
    mesh().members().forEach(member -> ids.add(member.id()));
    requests.forEach(request -> ids.add(request.replica()));
    ids.removeAll(dead);
    return ids.stream()
        .map(id -> new Replica(id, "node-" + id, false, Optional.of(report(id))))
        .toList();
  }

  private Report report(int id) {
    List<PeerReport> peers =
        mesh().members().stream()
            .filter(peer -> peer.id() != id && !dead.contains(peer.id()))
            .map(peer -> new PeerReport(peer.id(), true, disk(peer.id()), false))
            .toList();
    return new Report(
        revisions.getOrDefault(id, 0L),
        true,
        true,
        true,
        disk(id),
        Optional.of(true),
        false,
        Optional.of(1L << 30),
        addresses(id),
        peers,
        Optional.empty());
  }

  private DiskState disk(int id) {
    boolean disk = mesh().member(id).filter(one -> one.type().diskAttached()).isPresent();
    return !disk
        ? DiskState.DISKLESS
        : upToDate.contains(id) ? DiskState.UP_TO_DATE : DiskState.INCONSISTENT;
  }

  private static List<Address> addresses(int id) {
    return List.of(new Address("net", "10.0.0." + (id + 1), 7000));
  }
}

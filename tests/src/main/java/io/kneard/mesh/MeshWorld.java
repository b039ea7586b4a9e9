package io.kneard.mesh;

import io.kneard.datamesh.Address;
import io.kneard.datamesh.AttachIntent;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.Founder;
import io.kneard.datamesh.Host;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Outcome;
import io.kneard.datamesh.PeerReport;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Progress;
import io.kneard.datamesh.Replica;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Request;
import io.kneard.datamesh.Transition;
import io.kneard.datamesh.Volume;
import io.kneard.datamesh.engine.Engine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Eight hosts, one volume, and the database row that holds what was decided about it. */
final class MeshWorld {
  static final int HOSTS = Member.MAX_ID + 1;
  private static final int EVERYBODY = (1 << HOSTS) - 1;
  private static final Optional<String> POOL = Optional.of("pool");

  private final List<MeshHost> hosts;
  private final boolean shadows;
  private final Map<Integer, MemberType> wanted = new TreeMap<>();
  private final List<AttachIntent> intents = new ArrayList<>();
  private final List<Founder> founders = new ArrayList<>();
  private final Set<Integer> givenUp = new TreeSet<>();
  private Configuration configuration;
  private Volume volume;
  private int side = EVERYBODY;
  private long clock;

  /**
   * @param shadows whether every host's DRBD has the disk option non-voting
   */
  MeshWorld(Configuration configuration, boolean shadows) {
    this.hosts = IntStream.range(0, HOSTS).mapToObj(MeshHost::new).toList();
    this.configuration = configuration;
    this.shadows = shadows;
    this.volume = new Volume("v", configuration, 1 << 20, false, Mesh.NONE, List.of());
  }

  private MeshWorld(MeshWorld other) {
    this.hosts = other.hosts.stream().map(MeshHost::copy).toList();
    this.configuration = other.configuration;
    this.shadows = other.shadows;
    this.volume = other.volume;
    this.side = other.side;
    this.clock = other.clock;
    this.wanted.putAll(other.wanted);
    this.intents.addAll(other.intents);
    this.founders.addAll(other.founders);
    this.givenUp.addAll(other.givenUp);
  }

  /** Another one in the same state. */
  MeshWorld copy() {
    return new MeshWorld(this);
  }

  /** All that tells two states of one story apart. */
  record State(Volume volume, List<Long> revisions, List<Boolean> upToDate, List<Boolean> up) {}

  State state() {
    return new State(
        volume,
        hosts.stream().map(MeshHost::revision).toList(),
        hosts.stream().map(MeshHost::upToDate).toList(),
        hosts.stream().map(MeshHost::up).toList());
  }

  Mesh mesh() {
    return volume.mesh();
  }

  Volume volume() {
    return volume;
  }

  List<MeshHost> hosts() {
    return hosts;
  }

  MeshHost host(int id) {
    return hosts.get(id);
  }

  /** These replicas, of these types, are to be the first members. */
  void found(Map<Integer, MemberType> types) {
    types.forEach(
        (id, type) -> {
          wanted.put(id, type);
          founders.add(new Founder(id, type, type.backed() ? POOL : Optional.empty()));
        });
  }

  void want(int id, Optional<MemberType> type) {
    type.ifPresentOrElse(t -> wanted.put(id, t), () -> wanted.remove(id));
  }

  void configure(Configuration now) {
    configuration = now;
  }

  void use(int id) {
    stopUsing(id);
    intents.add(new AttachIntent(host(id).node(), clock++));
  }

  void stopUsing(int id) {
    intents.removeIf(intent -> intent.node().equals(host(id).node()));
  }

  /** Its replica is to go without its word. */
  void giveUp(int id) {
    wanted.remove(id);
    givenUp.add(id);
  }

  /** The hosts of this group and the others do not reach each other anymore. */
  void cut(int group) {
    side = group;
  }

  void heal() {
    side = EVERYBODY;
  }

  void crash(int id) {
    host(id).crash();
  }

  void start(int id) {
    if (!host(id).up()) {
      boolean othersWentOn = hosts.stream().anyMatch(other -> other.up() && other.upToDate());
      host(id).start(mesh(), othersWentOn);
    }
  }

  void apply(int id) {
    if (host(id).up()) {
      host(id).apply(mesh());
      host(id).seed();
    }
  }

  /** Whether there is something for this host to get to. */
  boolean behind(int id) {
    boolean member = mesh().member(id).isPresent();
    return host(id).up()
        && (host(id).view().isPresent() != member
            || (member && host(id).revision() != mesh().revision()));
  }

  /** The disk of this host gets what it lacks, if it is connected to one that has it. */
  void sync(int id) {
    boolean disk = host(id).self().filter(member -> member.type().diskAttached()).isPresent();
    boolean source =
        hosts.stream().anyMatch(other -> other.upToDate() && connected(other, host(id)));
    if (disk && source) {
      host(id).synced();
    }
  }

  /** What the engine would decide now; nothing is stored. */
  Outcome decision() {
    return Engine.decide(picture());
  }

  /** The engine decides, and that is stored. Says whether anything has changed. */
  boolean decide() {
    Outcome outcome = decision();
    boolean changed = !outcome.volume().equals(volume);
    volume = outcome.volume();
    return changed;
  }

  boolean connected(MeshHost a, MeshHost b) {
    boolean reach = a.up() && b.up() && sameSide(a, b) && a.id != b.id;
    return reach && knows(a, b) && knows(b, a);
  }

  private boolean sameSide(MeshHost a, MeshHost b) {
    return ((side >> a.id ^ side >> b.id) & 1) == 0;
  }

  private static boolean knows(MeshHost a, MeshHost b) {
    return a.view().flatMap(mesh -> mesh.member(b.id)).isPresent();
  }

  Picture picture() {
    volume =
        new Volume(
            volume.name(),
            configuration,
            volume.wantedSize(),
            volume.deleting(),
            volume.mesh(),
            volume.transitions());
    return new Picture(
        volume,
        hosts.stream().map(this::replica).toList(),
        hostsByName(),
        founders,
        requests(),
        intents);
  }

  private Map<String, Host> hostsByName() {
    Map<String, Host> all = new HashMap<>();
    hosts.forEach(
        host -> all.put(host.node(), new Host(host.node(), "", host.up(), host.up(), shadows)));
    return all;
  }

  private Replica replica(MeshHost host) {
    boolean leaving = !wanted.containsKey(host.id);
    return new Replica(host.id, host.node(), leaving, Optional.of(report(host)));
  }

  private Report report(MeshHost host) {
    int group =
        hosts.stream().filter(other -> sameSide(host, other)).mapToInt(h -> 1 << h.id).sum();
    return new Report(
        host.revision(),
        host.up(),
        true,
        host.self().isPresent(),
        disk(host),
        Optional.of(hasQuorum(host, group)),
        false,
        Optional.of(1L << 30),
        List.of(new Address("net", "10.0.0." + (host.id + 1), 7000)),
        hosts.stream().filter(other -> connected(host, other)).map(this::seen).toList(),
        Optional.empty());
  }

  /** A diskless member has it through a diskful one it is connected to. */
  private boolean hasQuorum(MeshHost host, int group) {
    return Quorum.of(host, group, hosts::get)
        || hosts.stream()
            .anyMatch(other -> connected(host, other) && Quorum.of(other, group, hosts::get));
  }

  private PeerReport seen(MeshHost peer) {
    return new PeerReport(peer.id, true, disk(peer), false);
  }

  private static DiskState disk(MeshHost host) {
    boolean attached = host.self().filter(member -> member.type().diskAttached()).isPresent();
    if (!attached) {
      return DiskState.DISKLESS;
    }
    return host.upToDate() ? DiskState.UP_TO_DATE : DiskState.INCONSISTENT;
  }

  private List<Request> requests() {
    List<Request> requests = new ArrayList<>();
    for (MeshHost host : hosts) {
      MemberType type = wanted.get(host.id);
      boolean member = mesh().member(host.id).isPresent();
      if (type == null && (!host.up() || givenUp.contains(host.id))) {
        requests.add(new Request.ForceDetach(host.id));
        requests.add(new Request.ForceRemove(host.id));
      } else if (type == null) {
        requests.add(new Request.Remove(host.id));
      } else if (member) {
        requests.add(new Request.ChangeType(host.id, type, POOL));
      } else {
        requests.add(new Request.Add(host.id, type, POOL));
      }
    }
    return requests;
  }

  /** What is wanted and is not there. */
  List<String> unmet() {
    List<String> unmet = new ArrayList<>();
    for (MeshHost host : hosts) {
      Optional<MemberType> is = mesh().member(host.id).map(Member::type);
      if (!is.equals(Optional.ofNullable(wanted.get(host.id)))) {
        unmet.add("#%d is %s, wanted %s".formatted(host.id, is, wanted.get(host.id)));
      }
    }
    return unmet;
  }

  /**
   * What has not come to an end although nothing happens anymore, and is not said to be blocked.
   */
  List<String> stuck() {
    Outcome outcome = decision();
    List<Transition> waiting =
        outcome.progress().stream()
            .filter(progress -> progress.waitsFor().isPresent())
            .map(Progress::transition)
            .toList();
    List<String> stuck = new ArrayList<>();
    unexplained(outcome).stream()
        .filter(one -> waiting.stream().noneMatch(t -> isAbout(one, t.subject())))
        .forEach(stuck::add);
    outcome.volume().transitions().stream()
        .filter(t -> !waiting.contains(t))
        .forEach(t -> stuck.add("never ends: " + t));
    return stuck;
  }

  /** Whether somebody wants to use the volume on this host. */
  boolean used(int id) {
    return intents.stream().anyMatch(intent -> intent.node().equals(host(id).node()));
  }

  /** What is wanted and neither there nor said to be blocked. */
  List<String> unexplained(Outcome outcome) {
    return unmet().stream()
        .filter(one -> outcome.blocked().stream().noneMatch(b -> isAbout(one, b.subject())))
        .toList();
  }

  private static boolean isAbout(String sentence, Optional<Integer> replica) {
    return sentence.startsWith("#" + replica.orElse(-1) + " ");
  }
}

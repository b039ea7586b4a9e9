package io.kneard.drbd;

import io.kneard.datamesh.LocalResource;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Report;
import io.kneard.drbdstandin.HostStorage;
import io.kneard.drbdstandin.HostTools;
import io.kneard.drbdstandin.Hosts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Stand-in hosts, and what sees to the volume {@code v} on each of them. */
final class CaredHosts {
  static final int MINOR = 1000;
  private static final int ROUNDS = 12;
  private static final long SECOND = 1_000_000_000L;

  final Hosts hosts = new Hosts("9.2.18", 1 << 20);
  private final Path links;
  private final Map<Integer, HostTools> tools = new TreeMap<>();
  private final Map<Integer, Caretaker> caretakers = new TreeMap<>();
  private final Map<Integer, Report> reports = new TreeMap<>();
  private long now;
  private UnaryOperator<Ran> heard = UnaryOperator.identity();
  private Optional<String> lacking = Optional.empty();

  CaredHosts(Path links) {
    this.links = links;
  }

  /** From now on this is heard of what the tools answer. */
  void hear(UnaryOperator<Ran> answer) {
    heard = answer;
  }

  /** From now on no disk can be made, for this reason; or again, without one. */
  void makeNoDisk(Optional<String> why) {
    lacking = why;
  }

  HostTools tools(int id) {
    return tools.computeIfAbsent(id, i -> new HostTools(hosts, node(i)));
  }

  static String node(int id) {
    return "n" + id;
  }

  static String deviceId(int id) {
    return "00000000000000A" + id;
  }

  static String disk(int id) {
    return "/dev/pool/v." + deviceId(id);
  }

  /** The daemon of this host starts anew, and remembers nothing. */
  void restart(int id) {
    caretakers.remove(id);
  }

  Optional<Report> attend(int id, Mesh mesh) throws InterruptedException {
    return attend(id, assignment(id, mesh));
  }

  Optional<Report> attend(int id, Assignment assignment) throws InterruptedException {
    now += SECOND;
    Optional<Report> report = caretaker(id).attend(assignment, now);
    report.ifPresent(r -> reports.put(id, r));
    return report;
  }

  Caretaker caretaker(int id) {
    return caretakers.computeIfAbsent(
        id,
        i ->
            new Caretaker(
                command -> heard.apply(tools(i).run(command)),
                pool -> storage(i),
                new DeviceLink(links.resolve(node(i)))));
  }

  private Storage storage(int id) {
    Storage real = new HostStorage(hosts, node(id));
    return new Storage() {
      @Override
      public Optional<Backing> find(Replica replica) throws StorageProblem, InterruptedException {
        return real.find(replica);
      }

      @Override
      public void create(Replica replica, long bytes) throws StorageProblem, InterruptedException {
        if (lacking.isPresent()) {
          throw new StorageProblem(lacking.get());
        }
        real.create(replica, bytes);
      }

      @Override
      public void grow(Replica replica, long bytes) throws StorageProblem, InterruptedException {
        real.grow(replica, bytes);
      }

      @Override
      public void remove(Replica replica) throws StorageProblem, InterruptedException {
        real.remove(replica);
      }

      @Override
      public long free() throws StorageProblem, InterruptedException {
        return real.free();
      }
    };
  }

  Optional<Report> report(int id) {
    return Optional.ofNullable(reports.get(id));
  }

  Assignment assignment(int id, Mesh mesh) {
    Optional<LocalResource> resource = LocalResource.of(mesh, id);
    return new Assignment(
        "v",
        MINOR,
        deviceId(id),
        Optional.of("pool"),
        true,
        mesh.size(),
        resource,
        true,
        report(id).map(Report::revision).orElse(0L),
        mesh.member(id).map(Member::addresses).orElse(Samples.member(id).addresses()));
  }

  /** Every member gets to the mesh, and time passes. */
  void settle(Mesh mesh) throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      for (Member member : mesh.members()) {
        attend(member.id(), mesh);
      }
      hosts.pass(60_000);
    }
  }
}

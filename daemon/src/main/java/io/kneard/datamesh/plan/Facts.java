package io.kneard.datamesh.plan;

import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Protection;
import io.kneard.datamesh.Replica;
import io.kneard.datamesh.Report;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the reports say about the members of a mesh. A report whose agent is not heard of says
 * nothing; what a live peer sees of a member then stands in for it.
 */
public record Facts(Picture picture, Mesh mesh) {

  /** The last report about a replica, live or not. */
  public Optional<Report> report(int id) {
    return picture.report(id);
  }

  /** The report about a replica, if its agent is heard of. */
  public Optional<Report> live(int id) {
    return report(id).filter(Report::live);
  }

  /** The revision a replica has applied; 0 if that was never reported. */
  public long applied(int id) {
    return report(id).map(Report::revision).orElse(0L);
  }

  /**
   * Whether a member has the data: its disk is UpToDate, and it is not cut off from the others,
   * where its copy could be behind.
   */
  public boolean upToDate(Member member) {
    boolean cutOff =
        live(member.id()).flatMap(Report::quorum).filter(quorum -> !quorum).isPresent();
    return diskUpToDate(member) && !cutOff;
  }

  private boolean diskUpToDate(Member member) {
    if (!member.type().diskAttached()) {
      return false;
    }
    return live(member.id())
        .map(own -> own.disk() == DiskState.UP_TO_DATE)
        .orElseGet(() -> peerSees(member.id(), DiskState.UP_TO_DATE));
  }

  private boolean peerSees(int id, DiskState disk) {
    return livePeerOf(
        id,
        report ->
            report.peers().stream()
                .anyMatch(peer -> peer.id() == id && peer.connected() && peer.disk() == disk));
  }

  /** Whether a member is there and part of the quorum. */
  public boolean reachable(Member member) {
    Optional<Report> own = live(member.id()).filter(report -> report.quorum().isPresent());
    return own.map(Report::hasQuorum).orElseGet(() -> connectedFromSomewhere(member.id()));
  }

  /** How well the volume is protected right now. */
  public Protection protection() {
    List<Member> voters = mesh.voters();
    List<Member> tieBreakers = mesh.tieBreakers();
    return Protection.of(
        mesh,
        count(voters, this::reachable),
        count(voters, this::diskUpToDate),
        count(tieBreakers, this::reachable),
        count(voters, this::silent) + count(tieBreakers, this::silent));
  }

  private boolean silent(Member member) {
    return live(member.id()).flatMap(Report::quorum).isEmpty();
  }

  private static int count(List<Member> members, Predicate<Member> counted) {
    return Math.toIntExact(members.stream().filter(counted).count());
  }

  /** Whether any other member whose agent is heard of is connected to this one. */
  public boolean connectedFromSomewhere(int id) {
    return livePeerOf(id, report -> report.connectedTo(id));
  }

  private boolean livePeerOf(int id, Predicate<Report> says) {
    return mesh.members().stream()
        .filter(member -> member.id() != id)
        .anyMatch(member -> live(member.id()).filter(says).isPresent());
  }

  /** Voters that have the data. */
  public List<Member> upToDateVoters() {
    return mesh.where(member -> member.type() == MemberType.DISKFUL && upToDate(member));
  }

  /**
   * What keeps a tiebreaker from deciding a tie right now, if anything does: everything it has to
   * be connected to must be seen as connected from at least one side that is up to date.
   */
  public Optional<String> notOperational(Member tieBreaker) {
    int id = tieBreaker.id();
    Optional<Replica> replica = picture.replica(id);
    Optional<Report> own = live(id);
    if (replica.isEmpty()) {
      return Optional.of("#" + id + ": no such replica");
    }
    if (replica.get().leaving()) {
      return Optional.of("#" + id + ": is leaving");
    }
    if (own.isEmpty()) {
      return Optional.of("#" + id + ": nothing is heard of it");
    }
    if (applied(id) < mesh.revision()) {
      return Optional.of(
          "#%d: revision %d applied, want %d".formatted(id, applied(id), mesh.revision()));
    }
    if (!own.get().configured()) {
      return Optional.of("#" + id + ": DRBD is not configured");
    }
    return mesh.where(member -> member.type().fullMesh()).stream()
        .filter(member -> !connectedNow(id, member.id()))
        .findFirst()
        .map(member -> "#%d: connection to #%d is not confirmed".formatted(id, member.id()));
  }

  private boolean connectedNow(int a, int b) {
    return seesNow(a, b) || seesNow(b, a);
  }

  private boolean seesNow(int from, int to) {
    return live(from)
        .filter(report -> report.revision() >= mesh.revision())
        .filter(report -> report.connectedTo(to))
        .isPresent();
  }

  /** Whether at least one side of a pair sees the connection, whatever revision it has applied. */
  public boolean connected(int a, int b) {
    return live(a).filter(report -> report.connectedTo(b)).isPresent()
        || live(b).filter(report -> report.connectedTo(a)).isPresent();
  }

  /** Whether the hosts of all members, and this one, have the disk option non-voting. */
  public boolean shadowsSupported(String node) {
    return nonVoting(node) && mesh.members().stream().allMatch(m -> nonVoting(m.node()));
  }

  private boolean nonVoting(String node) {
    return Optional.ofNullable(picture.hosts().get(node))
        .filter(host -> host.nonVoting())
        .isPresent();
  }
}

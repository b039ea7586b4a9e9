package io.kneard.datamesh.plan;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Host;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Transition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a guard, a hold or a step looks at: the picture, the mesh as it is at this point of the
 * decision, and the member it is about.
 *
 * @param active transitions under way
 * @param subject the replica it is about; -1 where it is about no single one
 * @param target the type it is to become, where it is to become one
 * @param pool where its backing volume is to lie
 * @param givenUp members somebody has declared dead and nobody can reach
 */
public record Situation(
    Picture picture,
    Mesh mesh,
    List<Transition> active,
    int subject,
    Optional<MemberType> target,
    Optional<String> pool,
    Set<Integer> givenUp) {

  /** No single replica. */
  public static final int NOBODY = -1;

  public Configuration configuration() {
    return picture.volume().configuration();
  }

  public Facts facts() {
    return new Facts(picture, mesh);
  }

  /** The same, in another state of the mesh. */
  public Situation with(Mesh other) {
    return new Situation(picture, other, active, subject, target, pool, givenUp);
  }

  /** The subject, if it is a member. */
  public Optional<Member> member() {
    return mesh.member(subject);
  }

  /** What the subject last reported. */
  public Optional<Report> report() {
    return picture.report(subject);
  }

  /** What this replica last reported. */
  public Optional<Report> report(int id) {
    return picture.report(id);
  }

  /** The subject's node, whether it is a member or not. */
  public Optional<String> node() {
    return member()
        .map(Member::node)
        .or(() -> picture.replica(subject).map(replica -> replica.node()));
  }

  /** What is known of the subject's host. */
  public Optional<Host> host() {
    return node().map(picture.hosts()::get);
  }

  /** The subject's zone; empty where there is none. */
  public String zone() {
    return member().map(Member::zone).or(() -> host().map(Host::zone)).orElse("");
  }

  /** Voters of the mesh. */
  public int voters() {
    return mesh.voters().size();
  }

  /** Tiebreakers other than the subject. */
  public List<Member> otherTieBreakers() {
    return mesh.where(member -> member.type() == MemberType.TIE_BREAKER && member.id() != subject);
  }

  /** UpToDate voters other than the subject. */
  public List<Member> otherUpToDateVoters() {
    return facts().upToDateVoters().stream().filter(member -> member.id() != subject).toList();
  }

  /** Members that are attached, or may be: an attach has begun, or a detach is not confirmed. */
  public List<Member> potentiallyAttached() {
    return mesh.where(
        member ->
            member.attached()
                || active.stream().anyMatch(t -> t.kind().detaches() && t.concerns(member.id())));
  }
}

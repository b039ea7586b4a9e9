package io.kneard.datamesh.plan;

import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Report;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Who has to apply a step's revision, and what else has to be seen, before the step is done. */
public enum Confirmation {
  NOBODY("nobody"),
  SUBJECT("the subject"),
  SUBJECT_OR_GONE("the subject, unless it left or is gone"),
  FULL_MESH_AND_SUBJECT("full-mesh members and the subject"),
  FULL_MESH_AND_LEAVING("full-mesh members; the subject by reporting revision 0"),
  ALL_MEMBERS("all members"),
  ALL_AND_LEAVING("all members; the subject by reporting revision 0"),
  DISKS_AND_ATTACHED("every member with a disk, and every attached one"),
  ALL_CONNECTED("all members, and they are connected"),
  ALL_SEEDED("all members, and every D is UpToDate");

  private final String who;

  Confirmation(String who) {
    this.who = who;
  }

  /** In words. */
  public String who() {
    return who;
  }

  /** Who confirms a change of type. */
  static Confirmation of(Change.Become change) {
    Optional<MemberType> from = change.from();
    Optional<MemberType> to = change.to();
    boolean star = star(from) && star(to);
    if (to.isEmpty()) {
      return star ? FULL_MESH_AND_LEAVING : ALL_AND_LEAVING;
    }
    if (star) {
      return FULL_MESH_AND_SUBJECT;
    }
    boolean onlyTheDisk = from.isPresent() && from.get().settled() == to.get().settled();
    return onlyTheDisk ? SUBJECT : ALL_MEMBERS;
  }

  private static boolean star(Optional<MemberType> type) {
    return type.filter(MemberType::fullMesh).isEmpty();
  }

  /** The replicas that have to confirm, in order. */
  public Set<Integer> required(Situation s) {
    Set<Integer> ids =
        switch (this) {
          case NOBODY, SUBJECT, SUBJECT_OR_GONE -> new TreeSet<Integer>();
          case FULL_MESH_AND_SUBJECT, FULL_MESH_AND_LEAVING ->
              ids(s, member -> member.type().fullMesh());
          case ALL_MEMBERS, ALL_AND_LEAVING, ALL_CONNECTED, ALL_SEEDED -> ids(s, member -> true);
          case DISKS_AND_ATTACHED ->
              ids(s, member -> member.type().diskAttached() || member.attached());
        };
    if (namesSubject()) {
      ids.add(s.subject());
    }
    return ids;
  }

  private boolean namesSubject() {
    return switch (this) {
      case SUBJECT,
          SUBJECT_OR_GONE,
          FULL_MESH_AND_SUBJECT,
          FULL_MESH_AND_LEAVING,
          ALL_AND_LEAVING ->
          true;
      case NOBODY, ALL_MEMBERS, DISKS_AND_ATTACHED, ALL_CONNECTED, ALL_SEEDED -> false;
    };
  }

  private static Set<Integer> ids(Situation s, Predicate<Member> wanted) {
    Set<Integer> ids = new TreeSet<>();
    s.mesh().where(wanted).forEach(member -> ids.add(member.id()));
    return ids;
  }

  /** Whether this one of them has confirmed the step that was published with {@code revision}. */
  public boolean confirmedBy(int id, long revision, Situation s) {
    Optional<Report> report = s.report(id);
    boolean applied = report.filter(r -> r.revision() >= revision).isPresent();
    boolean left = id == s.subject() && report.filter(r -> r.revision() == 0).isPresent();
    return switch (this) {
      case NOBODY -> true;
      case SUBJECT, FULL_MESH_AND_SUBJECT, ALL_MEMBERS, DISKS_AND_ATTACHED -> applied;
      case SUBJECT_OR_GONE -> applied || left || s.picture().replica(id).isEmpty();
      case FULL_MESH_AND_LEAVING, ALL_AND_LEAVING -> applied || left;
      case ALL_CONNECTED -> applied && connected(id, s);
      case ALL_SEEDED -> applied && seeded(id, s);
    };
  }

  private static boolean connected(int id, Situation s) {
    Member self = s.mesh().member(id).orElseThrow();
    return s
        .mesh()
        .where(peer -> peer.id() != id && (peer.type().fullMesh() || self.type().fullMesh()))
        .stream()
        .allMatch(peer -> s.facts().connected(id, peer.id()));
  }

  private static boolean seeded(int id, Situation s) {
    boolean disk = s.mesh().member(id).orElseThrow().type() == MemberType.DISKFUL;
    return !disk || s.report(id).filter(r -> r.disk() == DiskState.UP_TO_DATE).isPresent();
  }
}

package io.kneard.datamesh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What is published to the hosts of a volume. Each published change raises the revision by one, and
 * a host reports the revision it has applied.
 *
 * @param revision of what follows; 0 before anything was published
 * @param members in the order they joined; one per node
 * @param q votes needed
 * @param qmr UpToDate copies needed
 * @param multiattach whether two nodes may use the volume at once
 * @param size of the volume, bytes
 * @param superseded views some hosts may still decide by, oldest first
 */
public record Mesh(
    long revision,
    Stage stage,
    List<Member> members,
    int q,
    int qmr,
    boolean multiattach,
    long size,
    List<Superseded> superseded) {

  /** Before formation. */
  public static final Mesh NONE =
      new Mesh(0, Stage.FORMING, List.of(), Layout.majority(0), 1, false, 0, List.of());

  public Mesh {
    members = List.copyOf(members);
    superseded = List.copyOf(superseded);
    unique("id", Member::id, members);
    unique("node", Member::node, members);
  }

  /** They are few, and there is a new mesh for every step of a decision. */
  private static void unique(String what, Function<Member, ?> of, List<Member> members) {
    for (int i = 1; i < members.size(); i++) {
      for (int before = 0; before < i; before++) {
        if (of.apply(members.get(i)).equals(of.apply(members.get(before)))) {
          throw new IllegalArgumentException(
              "two members of the mesh have the same %s: %s"
                  .formatted(what, of.apply(members.get(i))));
        }
      }
    }
  }

  /** The member with this id. */
  public Optional<Member> member(int id) {
    for (Member member : members) {
      if (member.id() == id) {
        return Optional.of(member);
      }
    }
    return Optional.empty();
  }

  /** The member on this node. */
  public Optional<Member> on(String node) {
    return members.stream().filter(member -> member.node().equals(node)).findFirst();
  }

  /** The members of which this is true, in order. */
  public List<Member> where(Predicate<Member> wanted) {
    List<Member> found = new ArrayList<>();
    for (Member member : members) {
      if (wanted.test(member)) {
        found.add(member);
      }
    }
    return Collections.unmodifiableList(found);
  }

  /** The members with a vote. */
  public List<Member> voters() {
    return where(member -> member.type().voter());
  }

  /** The tiebreakers. */
  public List<Member> tieBreakers() {
    return where(member -> member.type() == MemberType.TIE_BREAKER);
  }

  /** Who votes, and how many votes are needed, as published. */
  public QuorumView view() {
    return QuorumView.of(this);
  }

  /** Every view a host may decide by at this moment; the published one is the last. */
  public List<QuorumView> viewsInForce() {
    List<QuorumView> views =
        superseded.stream().map(Superseded::view).collect(Collectors.toCollection(ArrayList::new));
    views.add(view());
    return views;
  }

  /**
   * Other members, and with them the number of votes that is right for them: q is never moved by
   * one up or down, so that it cannot drift.
   */
  public Mesh withMembers(List<Member> now) {
    int voters = (int) now.stream().filter(member -> member.type().voter()).count();
    boolean same = voters == voters().size();
    return new Mesh(
        revision,
        stage,
        now,
        same ? q : Layout.majority(voters),
        qmr,
        multiattach,
        size,
        superseded);
  }

  /** One member replaced by another of the same id. */
  public Mesh with(Member changed) {
    return withMembers(
        members.stream().map(member -> member.id() == changed.id() ? changed : member).toList());
  }

  /** One member more. */
  public Mesh plus(Member joined) {
    List<Member> now = new ArrayList<>(members);
    now.add(joined);
    return withMembers(now);
  }

  /** Without this member. */
  public Mesh minus(int id) {
    return withMembers(where(member -> member.id() != id));
  }

  public Mesh withStage(Stage now) {
    return new Mesh(revision, now, members, q, qmr, multiattach, size, superseded);
  }

  public Mesh withQ(int now) {
    return new Mesh(revision, stage, members, now, qmr, multiattach, size, superseded);
  }

  public Mesh withQmr(int now) {
    return new Mesh(revision, stage, members, q, now, multiattach, size, superseded);
  }

  public Mesh withMultiattach(boolean now) {
    return new Mesh(revision, stage, members, q, qmr, now, size, superseded);
  }

  public Mesh withSize(long now) {
    return new Mesh(revision, stage, members, q, qmr, multiattach, now, superseded);
  }

  /** This change as the successor of {@code before}: the next revision. */
  public Mesh publishedAfter(Mesh before) {
    List<Superseded> views = new ArrayList<>(before.superseded);
    long next = before.revision + 1;
    if (!before.view().equals(view())) {
      views.add(new Superseded(before.view(), next));
    }
    return new Mesh(next, stage, members, q, qmr, multiattach, size, views);
  }

  /**
   * Forgets the views nobody decides by anymore.
   *
   * @param applied the revision a member has applied
   */
  public Mesh settled(ToLongFunction<Member> applied) {
    List<Superseded> left = superseded.stream().filter(old -> someoneHolds(old, applied)).toList();
    return new Mesh(revision, stage, members, q, qmr, multiattach, size, left);
  }

  private boolean someoneHolds(Superseded old, ToLongFunction<Member> applied) {
    Set<Integer> voters = new HashSet<>(old.view().diskful());
    voters.addAll(old.view().liminal());
    return members.stream()
        .filter(member -> voters.contains(member.id()))
        .anyMatch(member -> applied.applyAsLong(member) < old.since());
  }
}

package io.kneard.datamesh;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two groups without a common member that could both have quorum.
 *
 * <p>Hosts apply a published revision one after the other. Until all have, some decide by the old
 * view and some by the new one, and a cut in the network may fall anywhere between them. {@link
 * #between} looks at every cut.
 *
 * @param one members of the first group, a bit for each id
 * @param other members of the second group
 */
public record Split(int one, int other) {
  private static final int EVERY_GROUP = 1 << (Member.MAX_ID + 1);

  /**
   * A split that becomes possible when {@code next} is published; what is possible already in the
   * present view is not its doing.
   *
   * @param inForce views some hosts may decide by; the present one is the last
   * @param dead members that are known to be gone and decide nothing anymore
   */
  public static Optional<Split> between(
      List<QuorumView> inForce, QuorumView next, Collection<Integer> dead) {
    QuorumView present = inForce.get(inForce.size() - 1);
    if (next.equals(present) && inForce.size() == 1) {
      return Optional.empty();
    }
    Votes after = Votes.of(next);
    Votes now = Votes.of(present);
    List<Votes> others = inForce.stream().map(Votes::of).toList();
    int alive = (EVERY_GROUP - 1) & ~bits(dead);
    for (int group = 1; group < EVERY_GROUP; group++) {
      boolean becomes = (group & ~alive) == 0 && after.quorate(group) && !now.quorate(group);
      int rest = alive & ~group;
      if (becomes && (after.quorate(rest) || others.stream().anyMatch(v -> v.quorate(rest)))) {
        return Optional.of(new Split(counted(group, after, others), counted(rest, after, others)));
      }
    }
    return Optional.empty();
  }

  /** Whether this group could have quorum by that view, with nobody else in reach. */
  public static boolean mayHaveQuorum(QuorumView view, Collection<Integer> group) {
    return Votes.of(view).quorate(bits(group));
  }

  private static int counted(int group, Votes after, List<Votes> others) {
    return group
        & others.stream().mapToInt(Votes::everybody).reduce(after.everybody(), (a, b) -> a | b);
  }

  private static int bits(Collection<Integer> ids) {
    return ids.stream().mapToInt(id -> 1 << id).reduce(0, (a, b) -> a | b);
  }

  /** A view, with a bit for each member. */
  private record Votes(int diskful, int liminal, int tieBreakers, int q) {
    static Votes of(QuorumView view) {
      return new Votes(
          bits(view.diskful()), bits(view.liminal()), bits(view.tieBreakers()), view.q());
    }

    int everybody() {
      return diskful | liminal | tieBreakers;
    }

    /**
     * Whether hosts that hold this view and can reach each other, and nobody else, have quorum. The
     * copies are taken as UpToDate and the tie as theirs: this is about what could happen.
     */
    boolean quorate(int group) {
      int votes = Integer.bitCount((diskful | liminal) & group);
      return (diskful & group) != 0 && (votes >= q || (votes == q - 1 && tieIsTheirs(group)));
    }

    private boolean tieIsTheirs(int group) {
      int all = Integer.bitCount(tieBreakers);
      boolean even = Integer.bitCount(diskful | liminal) % 2 == 0;
      return even && all > 0 && Integer.bitCount(tieBreakers & group) >= Layout.majority(all);
    }
  }

  /** Like {@code [#0, #3] and [#1, #2]}. */
  @Override
  public String toString() {
    return names(one) + " and " + names(other);
  }

  private static String names(int group) {
    return IntStream.rangeClosed(Member.MIN_ID, Member.MAX_ID)
        .filter(id -> (group & 1 << id) != 0)
        .mapToObj(id -> "#" + id)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}

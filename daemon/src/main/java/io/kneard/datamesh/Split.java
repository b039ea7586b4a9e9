package io.kneard.datamesh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Two groups without a common member that could both have quorum.
 *
 * <p>Hosts apply a published revision one after the other. Until all have, some decide by the old
 * view and some by the new one, and a cut in the network may fall anywhere between them. {@link
 * #between} looks at every cut.
 */
public record Split(Set<Integer> one, Set<Integer> other) {
  public Split {
    one = Set.copyOf(one);
    other = Set.copyOf(other);
  }

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
    List<QuorumView> all = new ArrayList<>(inForce);
    all.add(next);
    List<Integer> alive =
        all.stream()
            .flatMap(view -> view.everybody().stream())
            .distinct()
            .filter(id -> !dead.contains(id))
            .toList();
    for (int bits = 1; bits < 1 << alive.size(); bits++) {
      Set<Integer> one = group(alive, bits);
      if (!next.quorate(one) || present.quorate(one)) {
        continue;
      }
      Set<Integer> other = new HashSet<>(alive);
      other.removeAll(one);
      if (all.stream().anyMatch(view -> view.quorate(other))) {
        return Optional.of(new Split(one, other));
      }
    }
    return Optional.empty();
  }

  private static Set<Integer> group(List<Integer> all, int bits) {
    Set<Integer> group = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      if ((bits & 1 << i) != 0) {
        group.add(all.get(i));
      }
    }
    return group;
  }

  /** Like {@code [#0, #3] and [#1, #2]}. */
  @Override
  public String toString() {
    return names(one) + " and " + names(other);
  }

  private static String names(Set<Integer> ids) {
    return new TreeSet<>(ids)
        .stream().map(id -> "#" + id).collect(Collectors.joining(", ", "[", "]"));
  }
}

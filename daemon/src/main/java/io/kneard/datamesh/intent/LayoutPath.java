package io.kneard.datamesh.intent;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The graph of layouts: one number of the protection changes by one along an edge. Raising comes
 * before lowering; FTT-BDL is raised first, and FTT-BUA lowered first.
 */
final class LayoutPath {
  private static final int MOST = 2;
  private static final int ANY_ZONES = Integer.MAX_VALUE;

  private LayoutPath() {}

  /** A layout by its protection. */
  record Node(int bdl, int bua) {
    static Node of(Configuration configuration) {
      return new Node(configuration.fttBdl(), configuration.fttBua());
    }

    boolean valid() {
      return bdl >= 0 && bua >= 0 && bdl <= MOST && bua <= MOST && Math.abs(bdl - bua) <= 1;
    }

    Layout layout() {
      return Layout.of(bdl, bua);
    }

    /** Whether it promises no more than the other in anything. */
    boolean under(Node other) {
      return bdl <= other.bdl && bua <= other.bua;
    }

    /** This protection, and all else as in {@code like}. */
    Configuration in(Configuration like) {
      return new Configuration(
          bdl, bua, like.topology(), like.volumeAccess(), like.maxAttachments());
    }

    @Override
    public String toString() {
      return layout() + " (FTT-BDL=" + bdl + ", FTT-BUA=" + bua + ")";
    }
  }

  /**
   * The next layout on the way.
   *
   * @param zones how many the members have to be spread over; a layout that does not fit them is
   *     passed only if there is no other way
   */
  static Node next(Node from, Node to, int zones) {
    return path(from, to, zones).or(() -> path(from, to, ANY_ZONES)).orElseThrow().get(0);
  }

  private static Optional<List<Node>> path(Node from, Node to, int zones) {
    if (from.equals(to)) {
      return Optional.of(List.of());
    }
    for (Node next : towards(from, to)) {
      boolean fits = next.equals(to) || Spread.zonesNeeded(next.layout()) <= zones;
      Optional<List<Node>> rest = fits ? path(next, to, zones) : Optional.empty();
      if (rest.isPresent()) {
        List<Node> all = new ArrayList<>(List.of(next));
        all.addAll(rest.get());
        return Optional.of(all);
      }
    }
    return Optional.empty();
  }

  /** The neighbours that are nearer to the end, best first. */
  private static List<Node> towards(Node from, Node to) {
    List<Node> next = new ArrayList<>();
    if (from.bdl < to.bdl) {
      next.add(new Node(from.bdl + 1, from.bua));
    }
    if (from.bua < to.bua) {
      next.add(new Node(from.bdl, from.bua + 1));
    }
    next.addAll(lower(from, to));
    return next.stream().filter(Node::valid).toList();
  }

  /** The neighbours that are nearer to the end and promise less, best first. */
  static List<Node> lower(Node from, Node to) {
    List<Node> next = new ArrayList<>();
    if (from.bua > to.bua) {
      next.add(new Node(from.bdl, from.bua - 1));
    }
    if (from.bdl > to.bdl) {
      next.add(new Node(from.bdl - 1, from.bua));
    }
    return next.stream().filter(Node::valid).toList();
  }
}

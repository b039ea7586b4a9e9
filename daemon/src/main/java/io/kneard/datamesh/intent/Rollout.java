package io.kneard.datamesh.intent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which volumes of a class take over its latest revision now.
 *
 * @param next to be given {@link VolumeClass#wish()}, together with the class's revision
 * @param why how far it is, in words
 */
public record Rollout(List<String> next, String why) {
  /**
   * A volume of the class.
   *
   * @param revision of the class that it follows
   * @param managed whether the class decides for it; in manual mode it is left alone
   * @param settled whether it is as that revision wants it, with nothing under way
   */
  public record Follower(String volume, long revision, boolean managed, boolean settled) {}

  public Rollout {
    next = List.copyOf(next);
  }

  /** In the order of their names, so many at once; those that are under way count. */
  public static Rollout of(VolumeClass of, List<Follower> followers) {
    List<Follower> managed = followers.stream().filter(Follower::managed).toList();
    List<Follower> behind =
        managed.stream()
            .filter(one -> one.revision() < of.revision())
            .sorted(Comparator.comparing(Follower::volume))
            .toList();
    if (!of.existing()) {
      return new Rollout(
          List.of(),
          "%d volumes keep an older revision: changes are for new volumes"
              .formatted(behind.size()));
    }
    long under =
        managed.stream().filter(one -> one.revision() >= of.revision() && !one.settled()).count();
    int room = Math.toIntExact(Math.max(0, of.inFlight() - under));
    List<String> next = behind.stream().limit(room).map(Follower::volume).toList();
    return new Rollout(next, text(of, managed, behind, under, next));
  }

  private static String text(
      VolumeClass of,
      List<Follower> managed,
      List<Follower> behind,
      long under,
      List<String> next) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "%d of %d volumes have revision %d"
            .formatted(managed.size() - behind.size(), managed.size(), of.revision()));
    if (under > 0 || !behind.isEmpty()) {
      parts.add("%d are under way, at most %d at once".formatted(under, of.inFlight()));
    }
    if (!next.isEmpty()) {
      parts.add("next: " + String.join(", ", next));
    }
    return String.join("; ", parts);
  }
}

package io.kneard.datamesh.intent;

import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.TransitionKind;
import io.kneard.datamesh.VolumeAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an administrator does to single replicas. In manual mode it is done. In managed mode it is
 * done if the configuration has room for it, the planner's own replicas giving way, and else
 * refused with the reason.
 */
public final class Administrator {
  /** What comes of it. */
  public sealed interface Answer {
    /**
     * It is done.
     *
     * @param places all of the volume, to be stored
     * @param remark what follows from it, in words
     */
    record Accepted(List<Place> places, String remark) implements Answer {
      public Accepted {
        places = List.copyOf(places);
      }
    }

    /** It is not done. */
    record Refused(String reason) implements Answer {}
  }

  private final Scene scene;

  public Administrator(Scene scene) {
    this.scene = scene;
  }

  /** A replica of this type on this host. */
  public Answer add(String node, MemberType type, Optional<String> pool) {
    Optional<Site> site = site(node);
    if (site.isEmpty()) {
      return new Answer.Refused("host %s: not in the cluster".formatted(node));
    }
    Optional<String> against =
        occupied(node)
            .or(() -> full())
            .or(() -> unfit(site.get()))
            .or(() -> wrongType(type, site.get()))
            .or(() -> managed() ? noRoomFor(type, Optional.empty()) : Optional.empty());
    Optional<String> where = poolOn(site.get(), type, pool);
    return against
        .or(() -> noSpace(site.get(), type, pool, where))
        .<Answer>map(Answer.Refused::new)
        .orElseGet(() -> added(node, type, where));
  }

  private Answer added(String node, MemberType type, Optional<String> pool) {
    int id = freeId().orElseThrow();
    List<Place> places = new ArrayList<>(scene.places());
    places.add(
        new Place(
            id,
            node,
            type,
            pool,
            Origin.ADMINISTRATOR,
            Exit.STAYS,
            "asked for by an administrator"));
    return new Answer.Accepted(
        places, "replica #%d on %s is to be %s".formatted(id, node, type.title()) + giveWay(type));
  }

  /**
   * This replica as another type, or as the same: one that was to go, and has not begun to, stays.
   */
  public Answer setType(int replica, MemberType type, Optional<String> pool) {
    Optional<Place> found = place(replica);
    if (found.isEmpty()) {
      return unknown(replica);
    }
    Place place = found.get();
    Optional<Site> site = site(place.node());
    if (site.isEmpty()) {
      return new Answer.Refused(
          "replica #%d: its host %s is not in the cluster".formatted(replica, place.node()));
    }
    Optional<String> where = place.pool().or(() -> poolOn(site.get(), type, pool));
    return underway(place)
        .or(() -> wrongType(type, site.get()))
        .or(() -> managed() ? noRoomFor(type, Optional.of(replica)) : Optional.empty())
        .or(() -> noSpace(site.get(), type, pool, where))
        .<Answer>map(Answer.Refused::new)
        .orElseGet(
            () ->
                new Answer.Accepted(
                    replaced(
                        place
                            .as(type, where, "asked for by an administrator")
                            .by(Origin.ADMINISTRATOR)
                            .with(Exit.STAYS)),
                    "replica #%d is to be %s".formatted(replica, type.title()) + giveWay(type)));
  }

  /** This replica goes; {@code dead}: its host will not come back, nobody waits for its word. */
  public Answer delete(int replica, boolean dead) {
    Optional<Place> place = place(replica);
    if (place.isEmpty()) {
      return unknown(replica);
    }
    List<String> witnesses = dead ? witnesses(replica) : List.of();
    if (!witnesses.isEmpty()) {
      return new Answer.Refused(
          ("replica #%d on %s: is alive, %s connected to it; delete it in the ordinary way, or cut"
                  + " its host off first")
              .formatted(
                  replica,
                  place.get().node(),
                  String.join(", ", witnesses) + (witnesses.size() > 1 ? " are" : " is")));
    }
    String remark = "replica #%d is to go".formatted(replica);
    boolean counts =
        place.get().type() == MemberType.DISKFUL || place.get().type() == MemberType.TIE_BREAKER;
    return new Answer.Accepted(
        replaced(place.get().with(dead ? Exit.FORCED : Exit.DELETED)),
        managed() && counts ? remark + "; the layout wants another in its place" : remark);
  }

  /** The members that see a connection to this one. */
  private List<String> witnesses(int replica) {
    return scene.volume().mesh().members().stream()
        .filter(member -> member.id() != replica)
        .filter(
            member ->
                Optional.ofNullable(scene.reports().get(member.id()))
                    .filter(report -> report.live() && report.connectedTo(replica))
                    .isPresent())
        .map(member -> "#" + member.id())
        .toList();
  }

  private String giveWay(MemberType type) {
    boolean counts = type == MemberType.DISKFUL || type == MemberType.TIE_BREAKER;
    return managed() && counts ? "; one of the planner's gives way if it is one too many" : "";
  }

  private List<Place> replaced(Place changed) {
    return scene.places().stream()
        .map(place -> place.replica() == changed.replica() ? changed : place)
        .toList();
  }

  private boolean managed() {
    return scene.wish().mode() == Mode.MANAGED;
  }

  private static Answer unknown(int replica) {
    return new Answer.Refused("replica #%d: the volume has none of this number".formatted(replica));
  }

  private Optional<Place> place(int replica) {
    return scene.places().stream().filter(place -> place.replica() == replica).findFirst();
  }

  private Optional<Site> site(String node) {
    return scene.sites().stream().filter(site -> site.node().equals(node)).findFirst();
  }

  private Optional<String> occupied(String node) {
    return scene.places().stream()
        .filter(place -> place.node().equals(node))
        .findFirst()
        .map(
            place ->
                "host %s: has replica #%d already%s"
                    .formatted(node, place.replica(), place.deleted() ? ", which is leaving" : ""));
  }

  /** Whether it is too late for a replica that was to go. */
  private Optional<String> underway(Place place) {
    boolean member = scene.volume().mesh().member(place.replica()).isPresent();
    boolean begun =
        scene.volume().transitions().stream()
            .filter(t -> t.concerns(place.replica()))
            .anyMatch(
                t ->
                    t.kind() == TransitionKind.REMOVE_MEMBER
                        || t.kind() == TransitionKind.FORCE_REMOVE_MEMBER);
    return place.deleted() && (begun || !member)
        ? Optional.of("replica #%d: is leaving".formatted(place.replica()))
        : Optional.empty();
  }

  private Optional<String> full() {
    return freeId().isPresent()
        ? Optional.empty()
        : Optional.of(
            "a mesh has at most %d replicas, and there are %d"
                .formatted(Member.MAX_ID + 1, scene.places().size()));
  }

  private Optional<Integer> freeId() {
    return IntStream.rangeClosed(Member.MIN_ID, Member.MAX_ID)
        .boxed()
        .filter(id -> place(id).isEmpty() && scene.volume().mesh().member(id).isEmpty())
        .findFirst();
  }

  private Optional<String> unfit(Site site) {
    if (!scene.wish().allows(site.node())) {
      return Optional.of("host %s: not among the hosts of the volume".formatted(site.node()));
    }
    return managed() && site.drained()
        ? Optional.of("host %s: is drained".formatted(site.node()))
        : Optional.empty();
  }

  private Optional<String> wrongType(MemberType type, Site site) {
    if (type.liminal()) {
      return Optional.of(type.title() + ": only on the way to another type, not to be asked for");
    }
    if (type == MemberType.ACCESS && scene.wish().goal().volumeAccess() == VolumeAccess.LOCAL) {
      return Optional.of("Access: volumeAccess=Local allows none");
    }
    return type == MemberType.SHADOW_DISKFUL && !site.nonVoting()
        ? Optional.of(
            "ShadowDiskful: host %s has no DRBD with the disk option non-voting"
                .formatted(site.node()))
        : Optional.empty();
  }

  /** Whether the layout has a place for one more asked for by an administrator. */
  private Optional<String> noRoomFor(MemberType type, Optional<Integer> except) {
    Configuration goal = scene.wish().goal();
    Layout layout = goal.layout();
    int most =
        switch (type) {
          case DISKFUL -> layout.diskful();
          case TIE_BREAKER -> layout.tieBreakers();
          case ACCESS, SHADOW_DISKFUL, LIMINAL_DISKFUL, LIMINAL_SHADOW_DISKFUL -> Member.MAX_ID + 1;
        };
    long asked =
        scene.places().stream()
            .filter(place -> place.type() == type && !place.deleted())
            .filter(place -> place.origin() == Origin.ADMINISTRATOR)
            .filter(place -> !except.equals(Optional.of(place.replica())))
            .count();
    return asked < most
        ? Optional.empty()
        : Optional.of(
            "%s: layout %s has %d, and administrators have asked for %d already"
                .formatted(type.title(), layout, most, asked));
  }

  private Optional<String> poolOn(Site site, MemberType type, Optional<String> pool) {
    return type.backed()
        ? site.poolFor(Planner.needed(scene), pool.or(scene.wish()::pool))
        : Optional.empty();
  }

  private Optional<String> noSpace(
      Site site, MemberType type, Optional<String> pool, Optional<String> found) {
    return type.backed() && found.isEmpty()
        ? Optional.of(
            "host %s: has no pool%s with %d bytes free"
                .formatted(
                    site.node(),
                    pool.or(scene.wish()::pool).map(name -> " " + name).orElse(""),
                    Planner.needed(scene)))
        : Optional.empty();
  }
}

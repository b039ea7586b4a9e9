package io.kneard.datamesh.intent;

import io.kneard.datamesh.Layout;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a new D or tiebreaker is to be. The same facts always give the same host: best by zone,
 * then a host without a replica of the volume before one whose replica would change its type, then
 * the one with fewest replicas, then the one with most free space, then by name.
 */
final class Placement {
  private static final double KIB = 1024;
  private static final String UNITS = "BKMGTPE";

  private final Draft draft;
  private final MemberType type;
  private final List<String> diskful;
  private final List<String> tieBreakers;
  private final Layout layout;

  private Placement(Draft draft, MemberType type) {
    this.draft = draft;
    this.type = type;
    this.layout = draft.configuration().layout();
    this.diskful = zonesOf(draft, MemberType.DISKFUL);
    this.tieBreakers = zonesOf(draft, MemberType.TIE_BREAKER);
  }

  private static List<String> zonesOf(Draft draft, MemberType type) {
    return draft.staying(type).stream().filter(Standing::sound).map(Standing::zone).toList();
  }

  /**
   * A host for a replica.
   *
   * @param pool for its backing volume; empty if it needs none
   * @param fits whether its zone is a good one
   * @param why it is the one, in words
   */
  record Choice(Site site, Optional<String> pool, boolean fits, String why) {}

  /** The best host; empty if there is none. */
  static Optional<Choice> best(Draft draft, MemberType type) {
    Placement placement = new Placement(draft, type);
    return draft.sites().stream()
        .filter(site -> placement.refuses(site).isEmpty())
        .min(placement.order())
        .map(placement::choice);
  }

  /** Why there is no host for it, host by host. */
  static String nowhere(Draft draft, MemberType type) {
    Placement placement = new Placement(draft, type);
    String hosts =
        draft.sites().stream()
            .map(site -> site.node() + " " + placement.refuses(site).orElse("would do"))
            .collect(Collectors.joining(", "));
    return "no host for a %s: %s".formatted(type.title(), hosts.isEmpty() ? "none" : hosts);
  }

  /** The zones replicas may be in. */
  static SortedSet<String> zones(Draft draft) {
    return draft.sites().stream()
        .filter(site -> draft.scene.wish().allows(site.node()) && !site.drained())
        .map(Site::zone)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The one zone of a Zonal volume: where most of its data is, else where most hosts are. */
  static Optional<String> home(Draft draft) {
    List<String> lived =
        draft.places().stream()
            .filter(place -> place.type() == MemberType.DISKFUL)
            .map(draft::standing)
            .filter(one -> one.ground() != Ground.LOST)
            .map(Standing::zone)
            .toList();
    return most(lived.isEmpty() ? roomy(draft) : lived);
  }

  private static List<String> roomy(Draft draft) {
    return draft.sites().stream()
        .filter(site -> draft.scene.wish().allows(site.node()) && !site.drained() && site.up())
        .filter(site -> site.poolFor(draft.needed(), draft.scene.wish().pool()).isPresent())
        .map(Site::zone)
        .toList();
  }

  private static Optional<String> most(List<String> zones) {
    Map<String, Integer> count = new HashMap<>();
    zones.forEach(zone -> count.merge(zone, 1, Integer::sum));
    return count.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey);
  }

  private Optional<String> refuses(Site site) {
    if (!draft.scene.wish().allows(site.node())) {
      return Optional.of("is not among the hosts of the volume");
    }
    if (site.drained()) {
      return Optional.of("is drained");
    }
    if (!site.up()) {
      return Optional.of("is gone");
    }
    return occupied(site).or(() -> otherZone(site)).or(() -> noRoom(site));
  }

  private Optional<String> occupied(Site site) {
    Optional<Place> place = draft.on(site.node());
    if (place.isEmpty()) {
      return Optional.empty();
    }
    Place there = place.get();
    boolean leaves = there.deleted() || draft.leaving().contains(there.replica());
    boolean access = there.type() == MemberType.ACCESS;
    boolean spare =
        there.type() == MemberType.TIE_BREAKER
            && type == MemberType.DISKFUL
            && layout.tieBreakers() == 0;
    if (!leaves && (access || spare)) {
      return Optional.empty();
    }
    return Optional.of(
        "has #%d, %s%s"
            .formatted(there.replica(), there.type().title(), leaves ? ", leaving" : ""));
  }

  private Optional<String> otherZone(Site site) {
    if (draft.configuration().topology() != Topology.ZONAL) {
      return Optional.empty();
    }
    return home(draft)
        .filter(home -> !home.equals(site.zone()))
        .map(home -> "is not in zone " + home);
  }

  private Optional<String> noRoom(Site site) {
    if (!type.backed() || pool(site).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "has %d bytes free%s, %d needed"
            .formatted(
                site.free(),
                draft.scene.wish().pool().map(name -> " (wanted in " + name + ")").orElse(""),
                draft.needed()));
  }

  private Optional<String> pool(Site site) {
    return type.backed()
        ? site.poolFor(draft.needed(), draft.scene.wish().pool())
        : Optional.empty();
  }

  private Comparator<Site> order() {
    return Comparator.comparingInt(this::misfit)
        .thenComparingInt(this::company)
        .thenComparingInt(site -> wantedHere(site) ? 0 : 1)
        .thenComparingInt(site -> draft.on(site.node()).isPresent() ? 1 : 0)
        .thenComparingInt(Site::replicas)
        .thenComparing(Comparator.comparingLong(Site::free).reversed())
        .thenComparing(Site::node);
  }

  /** How bad its zone is; 0 where zones do not matter. */
  private int misfit(Site site) {
    if (!transZonal()) {
      return 0;
    }
    String zone = site.zone();
    if (type == MemberType.DISKFUL) {
      int excess = Math.max(0, Spread.in(zone, diskful) + 1 - Spread.cap(layout));
      boolean crowds =
          Spread.crowdsTieBreaker(
              zone, layout, diskful, layout.tieBreakers() > 0 && tieBreakers.contains(zone));
      return excess + (crowds ? 1 : 0);
    }
    List<String> ties = new ArrayList<>(tieBreakers);
    ties.add(zone);
    return Spread.weakness(diskful, ties);
  }

  private int company(Site site) {
    return transZonal() ? Spread.in(site.zone(), diskful) : 0;
  }

  private boolean transZonal() {
    return draft.configuration().topology() == Topology.TRANS_ZONAL;
  }

  private boolean wantedHere(Site site) {
    return type == MemberType.DISKFUL
        && draft.configuration().volumeAccess() != VolumeAccess.ANY
        && draft.used(site.node());
  }

  private Choice choice(Site site) {
    boolean fits = misfit(site) == 0;
    List<String> why = new ArrayList<>();
    if (!site.zone().isEmpty()) {
      String zone = "zone " + site.zone();
      why.add(transZonal() ? zone + " has %d D".formatted(Spread.in(site.zone(), diskful)) : zone);
    }
    if (!fits) {
      why.add("no better zone is to be had");
    }
    if (wantedHere(site)) {
      why.add("the volume is used there");
    }
    why.add("%d replicas".formatted(site.replicas()));
    if (type.backed()) {
      why.add(inWords(site.free()) + " free");
    }
    return new Choice(site, pool(site), fits, String.join(", ", why));
  }

  /** Like {@code 75.1G}: so much is free that nobody wants to know it to the byte. */
  private static String inWords(long bytes) {
    double left = bytes;
    int unit = 0;
    while (left >= KIB && unit < UNITS.length() - 1) {
      left /= KIB;
      unit++;
    }
    return unit == 0
        ? bytes + " bytes"
        : String.format(Locale.ROOT, "%.1f%s", left, UNITS.charAt(unit));
  }
}

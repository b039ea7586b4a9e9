package io.kneard.datamesh.intent;

import io.kneard.datamesh.BackingSize;
import io.kneard.datamesh.Configuration;
import io.kneard.datamesh.Layout;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Topology;
import io.kneard.datamesh.VolumeAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether what is wanted of a volume can be had on these hosts.
 *
 * @param errors what no host that comes back could mend: to be refused
 * @param warnings what has to wait for hosts, or is not all it seems
 */
public record Feasibility(List<String> errors, List<String> warnings) {
  public Feasibility {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /** Of a volume of this size, in bytes. */
  public static Feasibility of(Wish wish, long size, List<Site> sites) {
    Configuration goal = wish.goal();
    Layout layout = goal.layout();
    List<String> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    if (size <= 0) {
      errors.add("size = %d: has to be more than 0 bytes".formatted(size));
    }
    unknown(wish, sites, errors);
    if (goal.maxAttachments() > Member.MAX_ID + 1) {
      errors.add(
          "max attachments = %d: a mesh has at most %d members"
              .formatted(goal.maxAttachments(), Member.MAX_ID + 1));
    }
    if (goal.volumeAccess() == VolumeAccess.LOCAL && goal.maxAttachments() > layout.diskful()) {
      errors.add(
          "max attachments = %d: with volumeAccess=Local layout %s has room for %d"
              .formatted(goal.maxAttachments(), layout, layout.diskful()));
    }
    List<Site> allowed = sites.stream().filter(site -> wish.allows(site.node())).toList();
    if (wish.mode() == Mode.MANAGED) {
      zones(goal, layout, allowed, errors);
      hosts(wish, layout, size, allowed, errors, warnings);
    }
    return new Feasibility(errors, warnings);
  }

  private static void unknown(Wish wish, List<Site> sites, List<String> errors) {
    SortedSet<String> unknown = new TreeSet<>(wish.hosts());
    sites.forEach(site -> unknown.remove(site.node()));
    unknown.forEach(node -> errors.add("host %s: not in the cluster".formatted(node)));
  }

  private static void zones(
      Configuration goal, Layout layout, List<Site> allowed, List<String> errors) {
    if (goal.topology() == Topology.IGNORED) {
      return;
    }
    String unzoned =
        allowed.stream()
            .filter(site -> site.zone().isEmpty())
            .map(Site::node)
            .collect(Collectors.joining(", "));
    if (!unzoned.isEmpty()) {
      errors.add("hosts without a zone: %s; the topology needs one for each".formatted(unzoned));
    }
    SortedSet<String> zones =
        allowed.stream().map(Site::zone).collect(Collectors.toCollection(TreeSet::new));
    int needed = Spread.zonesNeeded(layout);
    if (goal.topology() == Topology.TRANS_ZONAL && zones.size() < needed) {
      errors.add(
          "layout %s over zones needs %d of them, there are %d: %s"
              .formatted(layout, needed, zones.size(), String.join(", ", zones)));
    }
  }

  private static void hosts(
      Wish wish,
      Layout layout,
      long size,
      List<Site> allowed,
      List<String> errors,
      List<String> warnings) {
    int members = layout.diskful() + layout.tieBreakers();
    if (!wish.hosts().isEmpty() && wish.hosts().size() < members) {
      errors.add(
          "layout %s has %d members, and only %d hosts are allowed"
              .formatted(layout, members, wish.hosts().size()));
      return;
    }
    long bytes = BackingSize.needed(Math.max(size, 1));
    long roomy =
        allowed.stream()
            .filter(site -> site.up() && !site.drained())
            .filter(site -> site.poolFor(bytes, wish.pool()).isPresent())
            .count();
    long there = allowed.stream().filter(site -> site.up() && !site.drained()).count();
    if (roomy < layout.diskful() || there < members) {
      warnings.add(
          "layout %s takes %d hosts with %d bytes free and %d in all; for now there are %d and %d"
              .formatted(layout, layout.diskful(), bytes, members, roomy, there));
    }
  }
}

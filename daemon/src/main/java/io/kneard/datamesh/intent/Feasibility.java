package io.kneard.datamesh.intent;

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
 * Whether what is wanted of a volume can be had on these hosts. What only has to wait for hosts
 * that are away, or for space, can.
 */
public final class Feasibility {
  private Feasibility() {}

  /** What stands against a volume of this size, in bytes; nothing, if it can be had. */
  public static List<String> problems(Wish wish, long size, List<Site> sites) {
    Configuration goal = wish.goal();
    Layout layout = goal.layout();
    List<String> errors = new ArrayList<>();
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
      hosts(wish, layout, errors);
    }
    return errors;
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

  private static void hosts(Wish wish, Layout layout, List<String> errors) {
    int members = layout.diskful() + layout.tieBreakers();
    if (!wish.hosts().isEmpty() && wish.hosts().size() < members) {
      errors.add(
          "layout %s has %d members, and only %d hosts are allowed"
              .formatted(layout, members, wish.hosts().size()));
    }
  }
}

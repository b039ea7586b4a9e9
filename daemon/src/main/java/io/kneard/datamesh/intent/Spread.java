package io.kneard.datamesh.intent;

import io.kneard.datamesh.Layout;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How members lie in zones, and which zones' loss a volume survives (TransZonal). */
final class Spread {
  private Spread() {}

  /** How many D one zone may have at most. */
  static int cap(Layout layout) {
    return Math.max(1, layout.diskful() - layout.qmr());
  }

  /** Fewest zones a layout can be spread over. */
  static int zonesNeeded(Layout layout) {
    int cap = cap(layout);
    return (layout.diskful() + cap - 1) / cap + layout.tieBreakers();
  }

  static int in(String zone, Collection<String> zones) {
    return (int) zones.stream().filter(zone::equals).count();
  }

  /** Whether a D in this zone would spoil the place of the tiebreaker there. */
  static boolean crowdsTieBreaker(String zone, Layout layout, List<String> diskful, boolean tied) {
    int most = layout.diskful() == 2 ? 0 : 1;
    return tied && in(zone, diskful) + 1 > most;
  }

  /** Zones whose loss would take the quorum along, with D and tiebreakers in these zones. */
  static int weakness(List<String> diskful, List<String> tieBreakers) {
    int q = Layout.majority(diskful.size());
    Set<String> zones = new HashSet<>(diskful);
    zones.addAll(tieBreakers);
    int weak = 0;
    for (String zone : zones) {
      int left = diskful.size() - in(zone, diskful);
      int ties = tieBreakers.size() - in(zone, tieBreakers);
      boolean tie = diskful.size() % 2 == 0 && left == q - 1 && ties > 0;
      weak += left >= q || tie ? 0 : 1;
    }
    return weak;
  }
}

package io.kneard.ctl.api.mesh;

import java.util.List;

/**
 * A host as a place for volumes.
 *
 * @param drbd versions of module and tools, in words; null if it is not known
 * @param problem why it serves no volumes; null if it does
 * @param lastHeard ISO 8601; null if it was never heard of
 */
public record HostView(
    String name,
    String zone,
    boolean drained,
    boolean online,
    String lastHeard,
    String drbd,
    boolean shadows,
    String problem,
    int replicas,
    List<String> addresses,
    List<PoolView> pools) {

  /**
   * A pool.
   *
   * @param free bytes, about
   * @param problem null if it can be used
   */
  public record PoolView(String name, long free, String problem) {}
}

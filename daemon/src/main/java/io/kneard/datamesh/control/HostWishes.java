package io.kneard.datamesh.control;

/**
 * What an administrator has said of a host.
 *
 * @param zone empty where there are none
 * @param drained whether its replicas are to go elsewhere, and none are to come
 */
public record HostWishes(String zone, boolean drained) {
  /** Where nothing was said. */
  public static final HostWishes NONE = new HostWishes("", false);
}

package io.kneard.datamesh;

/** How the members of a volume are spread over zones. */
public enum Topology {
  /** Zones do not matter. */
  IGNORED,
  /** All in one zone. */
  ZONAL,
  /** Spread so that the loss of any one zone is survived like the loss of hosts. */
  TRANS_ZONAL
}

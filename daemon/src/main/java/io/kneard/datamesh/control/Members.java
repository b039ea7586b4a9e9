package io.kneard.datamesh.control;

import io.kneard.database.DatabaseUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The hosts of the cluster, as the cluster knows them. */
public interface Members {
  /**
   * A host.
   *
   * @param online whether it has answered lately
   * @param lastHeard when it last answered
   */
  record Standing(String name, boolean online, Optional<Instant> lastHeard) {}

  /** All of them. */
  List<Standing> all() throws DatabaseUnavailable;

  /** Whether the database's own node on this host leads; takes a call to it. */
  boolean leads();
}

package io.kneard.cluster;

import io.kneard.database.Schema;
import io.kneard.database.Versions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a host needs to be a member.
 *
 * @param folder where it keeps what it knows, see {@link StateFolder}
 * @param name of the member, where none is given
 * @param address of its API, where none is given
 * @param heartbeat how often the leader asks all
 * @param roles how many voters and stand-bys there should be
 * @param domain what the host shares its fate with, such as a rack; empty if that is not known
 * @param latency what a message between the databases takes, see {@code NodeSettings}
 * @param updateProgram run when another member has a newer build
 * @param version the daemon's
 * @param tables the application's own, in steps
 * @param extensions of the API, in the order in which they came
 */
public record ClusterSettings(
    Path folder,
    String name,
    Optional<String> address,
    Duration heartbeat,
    RolePlan roles,
    String domain,
    Duration latency,
    Optional<Path> updateProgram,
    String version,
    List<Schema.Step> tables,
    List<String> extensions) {
  /** Keeps its own lists. */
  public ClusterSettings {
    tables = List.copyOf(tables);
    extensions = List.copyOf(extensions);
  }

  Schema schema() {
    return new Schema(ClusterTables.STEPS, tables);
  }

  Versions versions() {
    return schema().versions(extensions);
  }
}

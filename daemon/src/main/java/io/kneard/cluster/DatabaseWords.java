package io.kneard.cluster;

import io.kneard.database.DatabaseUnavailable;
import io.kneard.dqlite.OutcomeUnknown;
import io.kneard.dqlite.RequestFailed;

/** What a failure of the database means for who asked. */
final class DatabaseWords {
  private DatabaseWords() {}

  static ClusterProblem problem(DatabaseUnavailable e) {
    if (e.getCause() instanceof RequestFailed refused && refused.constraint()) {
      return new ClusterProblem(409, "a member has this name, address or certificate already");
    }
    if (e.getCause() instanceof OutcomeUnknown) {
      return ClusterProblem.unavailable(
          e.getMessage() + "; it may have been done all the same: look first");
    }
    return ClusterProblem.unavailable(e.getMessage());
  }
}

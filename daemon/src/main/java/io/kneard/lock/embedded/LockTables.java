package io.kneard.lock.embedded;

import io.kneard.database.Schema;
import java.util.List;

/** The lock's tables. */
public final class LockTables {
  /** The steps that make them. */
  public static final List<Schema.Step> STEPS =
      List.of(
          Schema.Step.of(
              """
              CREATE TABLE lock_leader (
                account TEXT PRIMARY KEY,
                epoch INTEGER NOT NULL,
                revision INTEGER NOT NULL,
                session TEXT NOT NULL,
                host TEXT NOT NULL,
                node TEXT NOT NULL,
                live INTEGER NOT NULL,
                released INTEGER NOT NULL,
                handover_node TEXT NOT NULL,
                handover_millis INTEGER NOT NULL,
                sign TEXT NOT NULL,
                quiet_millis INTEGER NOT NULL)""",
              """
              CREATE TABLE lock_sessions (
                id TEXT PRIMARY KEY,
                account TEXT NOT NULL,
                host TEXT NOT NULL,
                node TEXT NOT NULL,
                stands INTEGER NOT NULL,
                ttl_millis INTEGER NOT NULL,
                beat INTEGER NOT NULL)"""));

  /**
   * What a copy of the database that may be old must not say: who has the lock, or that it is free.
   * A lock that is missing is watched for a whole TTL.
   */
  public static final List<String> FORGET =
      List.of("DELETE FROM lock_leader", "DELETE FROM lock_sessions");

  private LockTables() {}
}

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

  private LockTables() {}
}

package io.kneard.cluster;

/** Paths that only members use among themselves. */
final class InternalRoutes {
  /** POST {@link JoinRequest}: {@link JoinAnswer}; PUT with {@code /NAME}: resets that member. */
  static final String CLUSTER = "/core/internal/cluster";

  /** POST {@link Beat}. */
  static final String HEARTBEAT = "/core/internal/heartbeat";

  /** POST a {@link TrustedMember}: trusts it; DELETE {@link Named}: trusts it no more. */
  static final String TRUST_STORE = "/core/internal/truststore";

  /** POST with {@code /TYPE}: something is about to happen to this member. */
  static final String HOOKS = "/core/internal/hooks";

  /** PATCH: somebody's versions have changed. */
  static final String DATABASE = "/core/internal/database";

  /** POST {@link Nudge}: something in the database is worth a look. */
  static final String NUDGE = "/core/internal/nudge";

  /** GET, POST {@link Statement}. */
  static final String SQL = "/core/internal/sql";

  private InternalRoutes() {}

  /** What is worth a look. */
  record Nudge(Subject about) {}

  /** Somebody's name. */
  record Named(String name) {}

  /** A statement, or several. */
  record Statement(String query) {}
}

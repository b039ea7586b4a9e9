package io.kneard.cluster;

import io.kneard.dqlite.Role;

/** Roles as the database has them. */
final class Roles {
  private Roles() {}

  /** dqlite's own spelling. */
  static String text(Role role) {
    return switch (role) {
      case VOTER -> "voter";
      case STAND_BY -> "stand-by";
      case SPARE -> "spare";
    };
  }
}

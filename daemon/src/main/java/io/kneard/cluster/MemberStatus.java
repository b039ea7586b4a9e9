package io.kneard.cluster;

/** What a listing says of a member (specification: "Cluster member states"). Never stored. */
public enum MemberStatus {
  /** It has said that it is ready. */
  ONLINE("ONLINE"),
  /** It could not be reached, or is not ready. */
  UNREACHABLE("UNREACHABLE"),
  /** The trust store of who answers has no certificate of it. */
  NOT_TRUSTED("NOT TRUSTED"),
  /** It is trusted, and the database does not know it. */
  NOT_FOUND("NOT FOUND"),
  /** Versions differ, and its own is not behind. */
  UPGRADING("UPGRADING"),
  /** Versions differ, and its own is behind. */
  NEEDS_UPGRADE("NEEDS UPGRADE");

  private final String text;

  MemberStatus(String text) {
    this.text = text;
  }

  /** As it is written. */
  public String text() {
    return text;
  }
}

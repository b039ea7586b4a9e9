package io.kneard.datamesh;

/**
 * What a member is in the mesh (the specification's table of states). New and Deleted are not here:
 * a replica in these states is not a member.
 *
 * <p>Full-mesh members are connected to every other member and have a bitmap slot on each disk; the
 * others are star members, connected to full-mesh members only.
 */
public enum MemberType {
  /** Diskless client; counted nowhere. */
  ACCESS("A", "Access", false, false, false),
  /** Diskless; decides between two equal halves of the voters. */
  TIE_BREAKER("TB", "TieBreaker", false, false, false),
  /** A voter whose backing volume is there but not attached; always on the way to another type. */
  LIMINAL_DISKFUL("D∅", "LiminalDiskful", true, true, true),
  /** A voter with its disk attached. */
  DISKFUL("D", "Diskful", true, true, true),
  /** Like Access, with a bitmap slot and a backing volume; always on the way to another type. */
  LIMINAL_SHADOW_DISKFUL("sD∅", "LiminalShadowDiskful", false, true, true),
  /** Has the data and no vote; needs the disk option non-voting of the Flant build of DRBD. */
  SHADOW_DISKFUL("sD", "ShadowDiskful", false, true, true);

  private final String sign;
  private final String title;
  private final boolean voter;
  private final boolean fullMesh;
  private final boolean backed;

  MemberType(String sign, String title, boolean voter, boolean fullMesh, boolean backed) {
    this.sign = sign;
    this.title = title;
    this.voter = voter;
    this.fullMesh = fullMesh;
    this.backed = backed;
  }

  /** The specification's notation: A, TB, D∅, D, sD∅, sD. */
  public String sign() {
    return sign;
  }

  /** The name towards people. */
  public String title() {
    return title;
  }

  /** Whether it has a vote, with its disk attached or not. */
  public boolean voter() {
    return voter;
  }

  /** Whether it is connected to every other member. */
  public boolean fullMesh() {
    return fullMesh;
  }

  /** Whether it has a backing volume. */
  public boolean backed() {
    return backed;
  }

  /** Whether its disk is attached. */
  public boolean diskAttached() {
    return this == DISKFUL || this == SHADOW_DISKFUL;
  }

  /** Whether it only exists on the way from one type to another. */
  public boolean liminal() {
    return this == LIMINAL_DISKFUL || this == LIMINAL_SHADOW_DISKFUL;
  }

  /** The type a liminal one belongs to; itself for the others. */
  public MemberType settled() {
    return switch (this) {
      case LIMINAL_DISKFUL -> DISKFUL;
      case LIMINAL_SHADOW_DISKFUL -> SHADOW_DISKFUL;
      case ACCESS, TIE_BREAKER, DISKFUL, SHADOW_DISKFUL -> this;
    };
  }
}

package io.kneard.dqlite;

/** What a member does in the cluster. */
public enum Role {
  /** Has the data and a vote. */
  VOTER(0),
  /** Has the data and no vote: what replaces a voter fastest. */
  STAND_BY(1),
  /** Has neither. */
  SPARE(2);

  private final int code;

  Role(int code) {
    this.code = code;
  }

  /** The library's number for it. */
  public int code() {
    return code;
  }

  /**
   * The role of that number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Role of(long code) {
    for (Role role : values()) {
      if (role.code == code) {
        return role;
      }
    }
    throw new IllegalArgumentException("role " + code + ": 0, 1 or 2 is wanted");
  }
}

package io.kneard.datamesh;

/** What can happen to a mesh, by the specification's names. */
public enum TransitionKind {
  FORMATION("Formation"),
  ADD_MEMBER("AddMember"),
  REMOVE_MEMBER("RemoveMember"),
  CHANGE_MEMBER_TYPE("ChangeMemberType"),
  CHANGE_QUORUM("ChangeQuorum"),
  ATTACH("Attach"),
  DETACH("Detach"),
  ENABLE_MULTIATTACH("EnableMultiattach"),
  DISABLE_MULTIATTACH("DisableMultiattach"),
  RESIZE_VOLUME("ResizeVolume"),
  REPAIR_ADDRESSES("RepairAddresses"),
  FORCE_DETACH("ForceDetach"),
  FORCE_REMOVE_MEMBER("ForceRemoveMember");

  private final String title;

  TransitionKind(String title) {
    this.title = title;
  }

  /** The specification's name. */
  public String title() {
    return title;
  }

  /** Whether it ends the use of the volume on one node. */
  public boolean detaches() {
    return this == DETACH || this == FORCE_DETACH;
  }

  /** Whether it is about the use of the volume on one node, not about the node's place in it. */
  public boolean aboutUse() {
    return this == ATTACH || detaches();
  }
}

package io.kneard.drbd;

/** A program the agent runs. */
public enum Tool {
  DRBDSETUP("drbdsetup"),
  DRBDMETA("drbdmeta"),
  BLKID("blkid"),
  LVS("lvs"),
  VGS("vgs"),
  LVCREATE("lvcreate"),
  LVEXTEND("lvextend"),
  LVREMOVE("lvremove"),
  LOSETUP("losetup"),
  DRBDADM("drbdadm");

  private final String program;

  Tool(String program) {
    this.program = program;
  }

  /** Its name, looked up on the PATH. */
  public String program() {
    return program;
  }
}

package io.kneard.datamesh.plan;

import java.util.Optional;

/**
 * What has to hold before a plan begins. Guards are asked in the plan's order; the first that
 * blocks is the reason the operator sees.
 */
public enum Guard {
  NOT_ATTACHED(
      "NotAttached",
      "the member is not attached, and no Attach, Detach or ForceDetach of it is active"),
  VOLUME_ACCESS_LOCAL(
      "VolumeAccessLocal", "not (attached and volumeAccess is Local); skipped if the target is sD"),
  QMR_READY("QMRReady", "qmr ≤ target FTT-BDL + 1"),
  FTT_BDL("FTT-BDL", "the other UpToDate D > target FTT-BDL"),
  FTT_BUA("FTT-BUA", "D_count > target FTT-BUA + target FTT-BDL + 1"),
  ZONE_FTT_BDL(
      "ZoneFTT-BDL",
      "TransZonal: without the member, the loss of any zone leaves more than target FTT-BDL"
          + " UpToDate D"),
  ZONE_FTT_BUA(
      "ZoneFTT-BUA",
      "TransZonal: without the member, the loss of any zone leaves enough voters for quorum; on"
          + " the way to TB it counts as a tiebreaker outside its own zone"),
  TB_READY(
      "TBReady",
      "if the voters become even and target FTT-BUA is half of them: a tiebreaker is operational;"
          + " skipped if the target is TB"),
  TB_REQUIRED(
      "TBRequired",
      "if D_count is even and target FTT-BUA is half of it: another operational tiebreaker remains"),
  ZONE_TB_REQUIRED(
      "ZoneTBRequired",
      "TransZonal, where TBRequired needs one: for every zone whose loss leaves half of the"
          + " voters, a tiebreaker outside of it remains"),
  NOT_DELETING("NotDeleting", "the volume is not being deleted"),
  HOST_ELIGIBLE("HostEligible", "the node may have replicas"),
  NODE_FREE("NodeFree", "no other member is on the node"),
  ADDRESSES_KNOWN("AddressesKnown", "the replica has reported its addresses"),
  ACCESS_ALLOWED("AccessAllowed", "volumeAccess is not Local"),
  SHADOWS_SUPPORTED(
      "ShadowsSupported", "every member's host, and the replica's, has the disk option non-voting"),
  HOST_OPERATIONAL("HostOperational", "the node may be used and is up, as is its agent"),
  REPLICA_READY("ReplicaReady", "the replica reports that it is ready"),
  IS_MEMBER("IsMember", "the replica is a member"),
  SETTLED_MEMBER("SettledMember", "no membership transition of the member is active"),
  QUORUM("Quorum", "the replica reports quorum"),
  SLOT_FREE("SlotFree", "fewer than maxAttachments members are attached, attaching or detaching"),
  LOCAL_ACCESS("LocalAccess", "volumeAccess is not Local, or the member has a disk"),
  NOT_IN_USE("NotInUse", "nobody holds the device open"),
  SEVERAL_ALLOWED("SeveralAllowed", "maxAttachments > 1"),
  ONE_ATTACHED_AT_MOST(
      "OneAttachedAtMost", "at most one member is attached, attaching or detaching"),
  UNREACHABLE("Unreachable", "no live replica reports a connection to it"),
  VOTER_REMAINS("VoterRemains", "it is not the last voter"),
  COPY_REMAINS(
      "CopyRemains",
      "if it has a disk: another member is UpToDate, and has quorum or was needed for every write"),
  DISKFUL_READY("DiskfulReady", "a diskful member is ready"),
  NO_RESYNC("NoResync", "no disk is syncing"),
  BACKING_GROWN("BackingGrown", "every backing volume is large enough"),
  FOUNDERS_READY(
      "FoundersReady",
      "every founder is on an eligible node of its own, has reported its addresses and is no"
          + " member of an earlier attempt anymore; one at least is Diskful");

  private final String title;
  private final String condition;

  Guard(String title, String condition) {
    this.title = title;
    this.condition = condition;
  }

  /** The specification's name. */
  public String title() {
    return title;
  }

  /** When it lets a plan begin. */
  public String condition() {
    return condition;
  }

  /** Why it blocks, if it does. */
  public Optional<String> blocks(Situation s) {
    return switch (this) {
      case NOT_ATTACHED -> LeavingGuards.notAttached(s);
      case VOLUME_ACCESS_LOCAL -> LeavingGuards.volumeAccessLocal(s);
      case QMR_READY -> LeavingGuards.qmrReady(s);
      case FTT_BDL -> LeavingGuards.fttBdl(s);
      case FTT_BUA -> LeavingGuards.fttBua(s);
      case ZONE_FTT_BDL -> LeavingGuards.zoneFttBdl(s);
      case ZONE_FTT_BUA -> LeavingGuards.zoneFttBua(s);
      case TB_READY -> LeavingGuards.tieBreakerReady(s);
      case TB_REQUIRED -> LeavingGuards.tbRequired(s);
      case ZONE_TB_REQUIRED -> LeavingGuards.zoneTbRequired(s);
      case NOT_DELETING -> JoiningGuards.notDeleting(s);
      case HOST_ELIGIBLE -> JoiningGuards.hostEligible(s);
      case NODE_FREE -> JoiningGuards.nodeFree(s);
      case ADDRESSES_KNOWN -> JoiningGuards.addressesKnown(s);
      case ACCESS_ALLOWED -> JoiningGuards.accessAllowed(s);
      case SHADOWS_SUPPORTED -> JoiningGuards.shadowsSupported(s);
      case HOST_OPERATIONAL -> AttachGuards.hostOperational(s);
      case REPLICA_READY -> AttachGuards.replicaReady(s);
      case IS_MEMBER -> AttachGuards.isMember(s);
      case SETTLED_MEMBER -> AttachGuards.settledMember(s);
      case QUORUM -> AttachGuards.quorum(s);
      case SLOT_FREE -> AttachGuards.slotFree(s);
      case LOCAL_ACCESS -> AttachGuards.localAccess(s);
      case NOT_IN_USE -> AttachGuards.notInUse(s);
      case SEVERAL_ALLOWED -> AttachGuards.severalAllowed(s);
      case ONE_ATTACHED_AT_MOST -> AttachGuards.oneAttachedAtMost(s);
      case UNREACHABLE -> ForcingGuards.unreachable(s);
      case VOTER_REMAINS -> ForcingGuards.voterRemains(s);
      case COPY_REMAINS -> ForcingGuards.copyRemains(s);
      case DISKFUL_READY -> ResizeGuards.diskfulReady(s);
      case NO_RESYNC -> ResizeGuards.noResync(s);
      case BACKING_GROWN -> ResizeGuards.backingGrown(s);
      case FOUNDERS_READY -> FormationGuards.foundersReady(s);
    };
  }
}

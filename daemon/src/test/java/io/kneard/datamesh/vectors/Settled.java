package io.kneard.datamesh.vectors;

import io.kneard.datamesh.DiskState;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.PeerReport;
import io.kneard.datamesh.Picture;
import io.kneard.datamesh.Replica;
import io.kneard.datamesh.Report;
import java.util.List;
import java.util.Optional;

/**
 * A picture in which what was not recorded is as good as it can be: disks are UpToDate, everybody
 * has quorum and is connected. The recordings leave these out where the reference does not look at
 * them.
 */
final class Settled {
  private final Mesh mesh;
  private final Picture picture;

  private Settled(Picture picture) {
    this.picture = picture;
    this.mesh = picture.volume().mesh();
  }

  static Picture picture(Picture picture) {
    Settled it = new Settled(picture);
    return new Picture(
        picture.volume(),
        picture.replicas().stream().map(it::replica).toList(),
        picture.hosts(),
        picture.founders(),
        picture.requests(),
        picture.intents());
  }

  private Replica replica(Replica replica) {
    return new Replica(
        replica.id(),
        replica.node(),
        replica.leaving(),
        replica.report().map(report -> report(replica.id(), report)));
  }

  private Report report(int id, Report report) {
    boolean disk = mesh.member(id).filter(member -> member.type().backed()).isPresent();
    return new Report(
        report.revision(),
        report.live(),
        report.configured(),
        report.ready(),
        disk && report.disk() == DiskState.UNKNOWN ? DiskState.UP_TO_DATE : report.disk(),
        report.quorum().or(() -> Optional.of(true)),
        report.inUse(),
        report.backingSize(),
        report.addresses(),
        report.peers().isEmpty() ? peers(id) : report.peers(),
        report.problem());
  }

  private List<PeerReport> peers(int id) {
    return mesh.members().stream()
        .map(Member::id)
        .filter(peer -> peer != id && picture.replica(peer).isPresent())
        .map(peer -> new PeerReport(peer, true, DiskState.UNKNOWN, false))
        .toList();
  }
}

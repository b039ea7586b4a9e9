package io.kneard.ctl.show;

import io.kneard.ctl.api.mesh.ReplicaView;
import io.kneard.ctl.api.mesh.ReplicaView.LinkView;
import io.kneard.ctl.api.mesh.VolumeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How far replicas are brought up to date. */
public final class SyncText {
  private static final int WIDTH = 20;
  private static final int ALL = 100;

  private SyncText() {}

  /** A bar for each replica that is brought up to date. */
  static List<String> lines(VolumeView view) {
    List<String> lines = new ArrayList<>();
    for (ReplicaView replica : view.replicas()) {
      for (LinkView link : replica.links()) {
        if (link.percent() != null) {
          lines.add(
              "#%d %s from #%d %s  %s %s"
                  .formatted(
                      replica.id(),
                      replica.host(),
                      link.id(),
                      link.host(),
                      bar(link.percent()),
                      figures(link)));
        }
      }
    }
    return lines;
  }

  private static String bar(int percent) {
    int done = Math.max(0, Math.min(WIDTH, percent * WIDTH / ALL));
    return "[" + "#".repeat(done) + ".".repeat(WIDTH - done) + "]";
  }

  private static String figures(LinkView link) {
    String left =
        link.secondsLeft() == null
            ? ""
            : ", " + Times.span(Duration.ofSeconds(link.secondsLeft())) + " left";
    return link.percent() + " %" + left;
  }

  /** What a volume is about, in one line: with the slowest resync, if there is one. */
  public static String brief(VolumeView view) {
    Optional<LinkView> slowest =
        view.replicas().stream()
            .flatMap(replica -> replica.links().stream())
            .flatMap(link -> link.percent() == null ? Stream.empty() : Stream.of(link))
            .min((one, other) -> one.percent().compareTo(other.percent()));
    return view.name()
        + ": "
        + slowest.map(link -> "synced " + figures(link) + "; ").orElse("")
        + view.state();
  }
}

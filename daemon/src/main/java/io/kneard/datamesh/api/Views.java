package io.kneard.datamesh.api;

import io.kneard.ctl.api.mesh.HostView;
import io.kneard.ctl.api.mesh.ReplicaView;
import io.kneard.ctl.api.mesh.TransitionView;
import io.kneard.ctl.api.mesh.VolumeLine;
import io.kneard.ctl.api.mesh.VolumeView;
import io.kneard.datamesh.Blocked;
import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import io.kneard.datamesh.Mesh;
import io.kneard.datamesh.Outcome;
import io.kneard.datamesh.Progress;
import io.kneard.datamesh.Protection;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.Stage;
import io.kneard.datamesh.SyncProgress;
import io.kneard.datamesh.control.DeviceIds;
import io.kneard.datamesh.control.HostFacts;
import io.kneard.datamesh.control.HostState;
import io.kneard.datamesh.control.Stored;
import io.kneard.datamesh.control.Turnover;
import io.kneard.datamesh.control.VolumeDocument;
import io.kneard.datamesh.intent.Mode;
import io.kneard.datamesh.intent.Place;
import io.kneard.datamesh.intent.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Volumes and hosts as they are shown. What happens and why is found out as the controller does it,
 * without storing anything.
 */
final class Views {
  private static final DeviceIds IDS = new DeviceIds();

  private final Stored stored;
  private final VolumeDocument document;
  private final Mesh mesh;
  private final Map<String, HostState> hosts;
  private final Turnover turnover;

  private Views(Stored stored, Map<String, HostState> hosts, Instant now) {
    this.stored = stored;
    this.document = stored.document();
    this.mesh = document.volume().mesh();
    this.hosts = hosts;
    this.turnover = Turnover.of(stored, new Turnover.Around(hosts, now, Instant.EPOCH, IDS));
  }

  static VolumeLine line(Stored stored, Map<String, HostState> hosts, Instant now) {
    return new Views(stored, hosts, now).line();
  }

  static VolumeView volume(Stored stored, Map<String, HostState> hosts, Instant now, Path devices) {
    return new Views(stored, hosts, now).volume(devices);
  }

  private VolumeLine line() {
    return new VolumeLine(
        stored.name(),
        size(),
        document.wish().mode() == Mode.MANUAL,
        document.waypoint().layout().toString(),
        document.places().stream().map(this::brief).collect(Collectors.joining(" ")),
        mesh.where(Member::attached).stream().map(Member::node).collect(Collectors.joining(",")),
        settled(),
        state());
  }

  /** Like {@code host-1:D}, or {@code host-1:A→D} on the way. */
  private String brief(Place place) {
    Optional<Member> member = mesh.member(place.replica());
    String is = member.map(one -> one.type().sign()).orElse("✦");
    boolean goes = document.leaving().contains(place.replica());
    String wanted = goes ? "✕" : place.type().sign();
    return place.node() + ":" + (is.equals(wanted) ? is : is + "→" + wanted);
  }

  private long size() {
    return mesh.stage() == Stage.FORMED ? mesh.size() : document.volume().wantedSize();
  }

  private VolumeView volume(Path devices) {
    Outcome outcome = turnover.outcome();
    Protection protection = outcome.protection();
    return new VolumeView(
        stored.name(),
        document.number(),
        devices.resolve(stored.name()).toString(),
        document.wish().mode() == Mode.MANUAL,
        document.volume().deleting(),
        size(),
        document.volume().wantedSize(),
        Words.layout(document.waypoint()),
        Words.layout(goal()),
        Words.of(document.wish().goal().topology()),
        Words.of(document.wish().goal().volumeAccess()),
        document.wish().goal().maxAttachments(),
        Words.of(mesh.stage()),
        mesh.revision(),
        mesh.q(),
        mesh.qmr(),
        mesh.multiattach(),
        protection.text(),
        goal().fttBua(),
        goal().fttBdl(),
        protection.known() ? protection.fttBua() : null,
        protection.known() ? protection.fttBdl() : null,
        settled(),
        state(),
        turnover.intention().why(),
        document.places().stream().map(this::replica).toList(),
        outcome.progress().stream().map(Views::transition).toList(),
        outcome.blocked().stream().map(Blocked::text).toList(),
        turnover.waits());
  }

  private static TransitionView transition(Progress progress) {
    return new TransitionView(progress.text(), progress.steps(), progress.transition().step());
  }

  private io.kneard.datamesh.Configuration goal() {
    return document.wish().mode() == Mode.MANUAL ? document.waypoint() : document.wish().goal();
  }

  /** Nothing is under way, nothing is wanted that is not there, and nothing would change now. */
  private boolean settled() {
    return mesh.stage() == Stage.FORMED
        && !document.volume().deleting()
        && turnover.next().equals(Optional.of(document))
        && document.volume().transitions().isEmpty()
        && document.waypoint().equals(goal())
        && document.complete()
        && turnover.outcome().blocked().isEmpty()
        && document.leaving().isEmpty()
        && document.places().stream().allMatch(this::met)
        && document.intents().stream().allMatch(intent -> attached(intent.node()));
  }

  private boolean met(Place place) {
    Optional<Member> member = mesh.member(place.replica());
    boolean disk = place.type().diskAttached();
    return member.filter(one -> one.type() == place.type()).isPresent()
        && (!disk || turnover.outcome().protection().silent() > 0 || upToDate(place));
  }

  private boolean upToDate(Place place) {
    return report(place)
        .filter(report -> report.disk() == io.kneard.datamesh.DiskState.UP_TO_DATE)
        .isPresent();
  }

  private boolean attached(String node) {
    return mesh.on(node).filter(Member::attached).isPresent();
  }

  private String state() {
    if (document.volume().deleting()) {
      return turnover.waits().stream().findFirst().orElse("is being deleted");
    }
    Outcome outcome = turnover.outcome();
    List<String> said = new ArrayList<>();
    outcome.progress().forEach(one -> said.add(one.text()));
    outcome.blocked().forEach(one -> said.add(one.text()));
    said.addAll(turnover.waits());
    if (said.isEmpty() && mesh.stage() != Stage.FORMED) {
      said.add("not formed: " + turnover.intention().why());
    }
    if (said.isEmpty() && !settled()) {
      said.add(outcome.protection().text() + "; " + turnover.intention().why());
    }
    return said.stream().findFirst().orElse(outcome.protection().text());
  }

  private Optional<Report> report(Place place) {
    return turnover.picture().report(place.replica());
  }

  private ReplicaView replica(Place place) {
    int id = place.replica();
    Optional<Member> member = mesh.member(id);
    Optional<Report> report = report(place);
    return new ReplicaView(
        id,
        place.node(),
        Optional.ofNullable(hosts.get(place.node())).map(h -> h.wishes().zone()).orElse(""),
        place.pool().orElse(null),
        member.map(Member::type).map(MemberType::sign).orElse(null),
        document.leaving().contains(id) ? null : place.type().sign(),
        report.filter(Report::live).isPresent(),
        report.map(Report::revision).orElse(null),
        report.map(one -> one.disk().name()).orElse(null),
        report.flatMap(Report::quorum).orElse(null),
        member.filter(Member::attached).isPresent(),
        document.intents().stream().anyMatch(intent -> intent.node().equals(place.node())),
        report.filter(Report::inUse).isPresent(),
        report.flatMap(Report::problem).orElse(null),
        sentence(id, true),
        sentence(id, false),
        turnover.intention().reasons().stream()
            .filter(reason -> reason.replica() == id)
            .findFirst()
            .map(Reason::text)
            .orElse(place.why()),
        report.map(this::links).orElse(List.of()));
  }

  private String sentence(int id, boolean membership) {
    return turnover.outcome().sentences().stream()
        .filter(one -> one.replica() == id)
        .findFirst()
        .map(one -> membership ? one.membership() : one.use())
        .orElse("");
  }

  private List<ReplicaView.LinkView> links(Report report) {
    return report.peers().stream()
        .map(
            peer ->
                new ReplicaView.LinkView(
                    peer.id(),
                    mesh.member(peer.id()).map(Member::node).orElse("#" + peer.id()),
                    peer.connected(),
                    peer.disk().name(),
                    peer.syncing(),
                    peer.progress().map(SyncProgress::percent).orElse(null),
                    peer.progress().flatMap(SyncProgress::secondsLeft).orElse(null)))
        .toList();
  }

  static HostView host(HostState host) {
    HostFacts facts = host.facts();
    String drbd =
        facts.kernel().isEmpty() && facts.utils().isEmpty()
            ? null
            : "module %s, utils %s"
                .formatted(facts.kernel().orElse("none"), facts.utils().orElse("none"));
    return new HostView(
        host.name(),
        host.wishes().zone(),
        host.wishes().drained(),
        host.online(),
        host.lastHeard().map(Instant::toString).orElse(null),
        drbd,
        facts.nonVoting(),
        facts.problem().orElse(null),
        host.replicas(),
        facts.networks().stream().map(one -> one.name() + "=" + one.ip()).toList(),
        facts.pools().stream()
            .map(
                pool ->
                    new HostView.PoolView(pool.name(), pool.free(), pool.problem().orElse(null)))
            .toList());
  }
}

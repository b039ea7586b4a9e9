package io.kneard.drbd;

import static io.kneard.drbd.Plan.Kind.CHANGE;
import static io.kneard.drbd.Plan.Kind.UPKEEP;

import io.kneard.datamesh.Address;
import io.kneard.datamesh.LocalResource;
import io.kneard.datamesh.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Peers that come, change and go. */
final class PeersPlan {
  private final String name;
  private final LocalResource wanted;
  private final Setup setup;
  private final Found found;
  private final Plan.Draft draft;

  PeersPlan(Target target, Setup setup, Found found, Plan.Draft draft) {
    this.name = target.name();
    this.wanted = target.resource();
    this.setup = setup;
    this.found = found;
    this.draft = draft;
  }

  void add() {
    for (LocalResource.Peer peer : wanted.peers()) {
      setup.peer(peer.id()).ifPresentOrElse(known -> adjust(peer, known), () -> come(peer));
    }
    setup.peers().stream().filter(known -> !isWanted(known.id())).forEach(this::go);
    forgetOthers();
  }

  private void come(LocalResource.Peer peer) {
    int id = peer.id();
    Map<String, String> options =
        Options.ofConnection(wanted, peer).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    options.put("_name", peer.node());
    List<Command> commands = new ArrayList<>();
    commands.add(Drbdsetup.newPeer(name, id, options));
    commands.add(Drbdsetup.peerDeviceOptions(name, id, Options.ofPeerDevice(peer)));
    paths(peer).forEach(path -> commands.add(Drbdsetup.newPath(name, id, path)));
    commands.add(Drbdsetup.connect(name, id));
    draft.add(CHANGE, commands);
    if (paths(peer).isEmpty()) {
      draft.waits("no network that both this host and %s are in".formatted(peer.node()));
    }
  }

  private void adjust(LocalResource.Peer peer, Setup.Peer known) {
    int id = peer.id();
    List<Command> commands = new ArrayList<>();
    Map<String, String> net = Options.changed(Options.ofConnection(wanted, peer), known.net());
    if (!net.isEmpty()) {
      commands.add(Drbdsetup.netOptions(name, id, net));
    }
    Map<String, String> disk = Options.changed(Options.ofPeerDevice(peer), known.disk());
    if (!disk.isEmpty()) {
      commands.add(Drbdsetup.peerDeviceOptions(name, id, disk));
    }
    List<Setup.Path> paths = paths(peer);
    paths.stream()
        .filter(path -> !known.paths().contains(path))
        .forEach(path -> commands.add(Drbdsetup.newPath(name, id, path)));
    known.paths().stream()
        .filter(path -> !paths.contains(path))
        .forEach(path -> commands.add(Drbdsetup.delPath(name, id, path)));
    draft.add(CHANGE, commands);
    if (standsAlone(id) && !found.resting().contains(id)) {
      draft.add(UPKEEP, Drbdsetup.connect(name, id));
    }
  }

  private boolean standsAlone(int id) {
    return found
        .status()
        .flatMap(status -> status.connection(id))
        .filter(Status.Connection::standalone)
        .isPresent();
  }

  private void go(Setup.Peer known) {
    List<Command> commands = new ArrayList<>();
    commands.add(Drbdsetup.disconnect(name, known.id()));
    commands.add(Drbdsetup.delPeer(name, known.id()));
    if (found.attached().isPresent()) {
      commands.add(Drbdsetup.forgetPeer(name, known.id()));
    }
    draft.add(CHANGE, commands);
  }

  /** A crash may have come between the end of a connection and that of its bitmap. */
  private void forgetOthers() {
    if (found.attached().isEmpty() || found.forgotten()) {
      return;
    }
    Set<Integer> known = setup.peers().stream().map(Setup.Peer::id).collect(Collectors.toSet());
    draft.add(
        CHANGE,
        IntStream.rangeClosed(Member.MIN_ID, Member.MAX_ID)
            .filter(id -> id != wanted.id() && !isWanted(id) && !known.contains(id))
            .mapToObj(id -> Drbdsetup.forgetPeer(name, id))
            .toList());
  }

  private boolean isWanted(int id) {
    return wanted.peers().stream().anyMatch(peer -> peer.id() == id);
  }

  /** One for every network both are in. */
  private List<Setup.Path> paths(LocalResource.Peer peer) {
    List<Setup.Path> paths = new ArrayList<>();
    for (Address here : wanted.addresses()) {
      for (Address there : peer.addresses()) {
        if (here.network().equals(there.network())) {
          paths.add(new Setup.Path(Endpoint.of(here), Endpoint.of(there)));
        }
      }
    }
    return paths;
  }
}

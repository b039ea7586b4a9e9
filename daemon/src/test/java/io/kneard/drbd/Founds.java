package io.kneard.drbd;

import io.kneard.datamesh.Address;
import io.kneard.datamesh.LocalResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resources as they are found. */
final class Founds {
  private Founds() {}

  /** Just as the target wants it, with everybody connected and UpToDate. */
  static Found asWanted(Target target) {
    return new Found(
        Optional.of(setup(target)), Optional.of(status(target)), Optional.empty(), true, Set.of());
  }

  /** There is nothing yet but the backing volume. */
  static Found withDisk(boolean present, Optional<String> id, Optional<String> signature) {
    return new Found(
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Metadata("/dev/pool/v", present, id, signature)),
        false,
        Set.of());
  }

  static Setup setup(Target target) {
    LocalResource wanted = target.resource();
    Map<String, String> options = new HashMap<>(Options.ofResource());
    options.put("quorum", String.valueOf(wanted.quorum()));
    options.put("quorum-minimum-redundancy", Options.copies(wanted.quorumMinimumRedundancy()));
    boolean attached = wanted.disk() == LocalResource.Disk.ATTACHED;
    Setup.Device device =
        new Setup.Device(
            0,
            target.minor(),
            attached ? target.disk() : Optional.empty(),
            Map.of("non-voting", Options.yesNo(wanted.nonVoting())));
    return new Setup(
        target.name(),
        wanted.id(),
        options,
        List.of(device),
        wanted.peers().stream().map(peer -> peer(wanted, peer)).toList());
  }

  private static Setup.Peer peer(LocalResource wanted, LocalResource.Peer peer) {
    List<Setup.Path> paths = new ArrayList<>();
    for (Address here : wanted.addresses()) {
      peer.addresses().stream()
          .filter(there -> there.network().equals(here.network()))
          .forEach(there -> paths.add(new Setup.Path(Endpoint.of(here), Endpoint.of(there))));
    }
    return new Setup.Peer(
        peer.id(), paths, Options.ofConnection(wanted, peer), Options.ofPeerDevice(peer));
  }

  static Status status(Target target) {
    LocalResource wanted = target.resource();
    boolean attached = wanted.disk() == LocalResource.Disk.ATTACHED;
    boolean client = wanted.disk() == LocalResource.Disk.NONE;
    return status(
        target,
        attached ? "UpToDate" : "Diskless",
        client,
        wanted.primary(),
        "Connected",
        "UpToDate");
  }

  static Status status(
      Target target,
      String disk,
      boolean client,
      boolean primary,
      String connection,
      String peers) {
    return new Status(
        target.name(),
        target.resource().id(),
        primary ? "Primary" : "Secondary",
        false,
        false,
        List.of(
            new Status.Device(
                0,
                target.minor(),
                disk,
                client,
                true,
                Optional.empty(),
                Optional.of(target.resource().size() / 1024))),
        target.resource().peers().stream()
            .map(
                peer ->
                    new Status.Connection(
                        peer.id(),
                        peer.node(),
                        connection,
                        "Secondary",
                        List.of(
                            new Status.PeerDevice(
                                0,
                                "Established",
                                peers,
                                false,
                                Optional.empty(),
                                Optional.empty()))))
            .toList());
  }

  static Found with(Found found, Status status) {
    return new Found(
        found.setup(), Optional.of(status), found.metadata(), found.forgotten(), found.resting());
  }
}

package io.kneard.drbd;

import io.kneard.datamesh.BackingSize;
import io.kneard.datamesh.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every call of {@code drbdsetup} and {@code drbdmeta} there is, with its arguments. */
final class Drbdsetup {
  private static final int SECTOR = 512;
  private static final int NO_LOCAL_DISK = 138;
  private static final int INVALID_PEER = 173;
  private static final int NO_SUCH_CONNECTION = 126;

  private Drbdsetup() {}

  static Command show(String resource) {
    return Command.of(Tool.DRBDSETUP, Command.LOOK, "show", resource, "--json", "--show-defaults");
  }

  static Command status(String resource) {
    return Command.of(
        Tool.DRBDSETUP, Command.LOOK, "status", resource, "--json", "--verbose", "--statistics");
  }

  static Command newResource(String resource, int id, Map<String, String> options) {
    return with(Command.of(Tool.DRBDSETUP, Command.SHORT, "new-resource", resource, id), options);
  }

  static Command resourceOptions(String resource, Map<String, String> options) {
    return with(Command.of(Tool.DRBDSETUP, Command.SHORT, "resource-options", resource), options);
  }

  static Command newMinor(String resource, int minor, boolean client) {
    return client
        ? Command.of(Tool.DRBDSETUP, Command.SHORT, "new-minor", resource, minor, 0, "--diskless")
        : Command.of(Tool.DRBDSETUP, Command.SHORT, "new-minor", resource, minor, 0);
  }

  static Command attach(int minor, String disk) {
    return Command.of(Tool.DRBDSETUP, Command.DISK, "attach", minor, disk, disk, "internal");
  }

  /** On purpose: the resource goes on as a client, and nobody takes it for a failed disk. */
  static Command detach(int minor) {
    return Command.of(Tool.DRBDSETUP, Command.DISK, "detach", minor, "--diskless");
  }

  static Command diskOptions(int minor, Map<String, String> options) {
    return with(Command.of(Tool.DRBDSETUP, Command.SHORT, "disk-options", minor), options);
  }

  static Command newPeer(String resource, int peer, Map<String, String> options) {
    return with(Command.of(Tool.DRBDSETUP, Command.SHORT, "new-peer", resource, peer), options);
  }

  static Command netOptions(String resource, int peer, Map<String, String> options) {
    return with(Command.of(Tool.DRBDSETUP, Command.SHORT, "net-options", resource, peer), options);
  }

  static Command peerDeviceOptions(String resource, int peer, Map<String, String> options) {
    return with(
        Command.of(Tool.DRBDSETUP, Command.SHORT, "peer-device-options", resource, peer, 0),
        options);
  }

  static Command newPath(String resource, int peer, Setup.Path path) {
    return path("new-path", resource, peer, path);
  }

  static Command delPath(String resource, int peer, Setup.Path path) {
    return path("del-path", resource, peer, path);
  }

  private static Command path(String verb, String resource, int peer, Setup.Path path) {
    return Command.of(
        Tool.DRBDSETUP,
        Command.SHORT,
        verb,
        resource,
        peer,
        Endpoint.argument(path.local()),
        Endpoint.argument(path.remote()));
  }

  static Command connect(String resource, int peer) {
    return Command.of(Tool.DRBDSETUP, Command.SHORT, "connect", resource, peer);
  }

  static Command disconnect(String resource, int peer) {
    return Command.of(Tool.DRBDSETUP, Command.PEERS, "disconnect", resource, peer)
        .metBy(NO_SUCH_CONNECTION);
  }

  static Command delPeer(String resource, int peer) {
    return Command.of(Tool.DRBDSETUP, Command.SHORT, "del-peer", resource, peer)
        .metBy(NO_SUCH_CONNECTION);
  }

  /** Frees the bitmap of somebody who is no peer anymore. */
  static Command forgetPeer(String resource, int peer) {
    return Command.of(Tool.DRBDSETUP, Command.SHORT, "forget-peer", resource, peer)
        .metBy(NO_LOCAL_DISK, INVALID_PEER);
  }

  static Command resize(int minor, long bytes) {
    return Command.of(
        Tool.DRBDSETUP,
        Command.DISK,
        "resize",
        minor,
        "--size=" + BackingSize.usable(bytes) / SECTOR + "s");
  }

  /** Empty disks everywhere are declared to be the same, and the data: no first sync. */
  static Command declareClean(int minor) {
    return Command.of(Tool.DRBDSETUP, Command.PEERS, "new-current-uuid", minor, "--clear-bitmap");
  }

  /** This disk, whatever is on it, is declared to be the data: only while a volume is formed. */
  static Command declareData(String resource) {
    return Command.of(Tool.DRBDSETUP, Command.PEERS, "primary", resource, "--force");
  }

  static Command primary(String resource) {
    return Command.of(Tool.DRBDSETUP, Command.PEERS, "primary", resource);
  }

  static Command secondary(String resource) {
    return Command.of(Tool.DRBDSETUP, Command.PEERS, "secondary", resource);
  }

  static Command down(String resource) {
    return Command.of(Tool.DRBDSETUP, Command.DISK, "down", resource)
        .metBy(Refusal.NO_SUCH_RESOURCE);
  }

  /** Makes DRBD's metadata; refuses a device with a file system on it. */
  static Command createMetadata(int minor, String disk) {
    return meta(minor, disk, "create-md", "--force", Member.MAX_ID);
  }

  static Command writeDeviceId(int minor, String disk, String id) {
    return Command.of(
        Tool.DRBDMETA, Command.DISK, "-f", minor, "v09", disk, "internal", "write-dev-uuid", id);
  }

  static Command readDeviceId(int minor, String disk) {
    return meta(minor, disk, "read-dev-uuid");
  }

  /** After a crash: blocks that were being written are marked as out of sync. */
  static Command applyActivityLog(int minor, String disk) {
    return Command.of(
        Tool.DRBDMETA, Command.DISK, "-f", minor, "v09", disk, "internal", "apply-al");
  }

  private static Command meta(int minor, String disk, Object... verb) {
    List<Object> arguments = new ArrayList<>(List.of(minor, "v09", disk, "internal"));
    arguments.addAll(List.of(verb));
    return Command.of(Tool.DRBDMETA, Command.DISK, arguments.toArray());
  }

  private static Command with(Command command, Map<String, String> options) {
    List<String> arguments = new ArrayList<>(command.arguments());
    options.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(option -> arguments.add("--" + option.getKey() + "=" + option.getValue()));
    return new Command(command.tool(), arguments, command.bound(), command.met());
  }
}

package io.kneard.datamesh.vectors;

import io.kneard.datamesh.LocalResource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A recorded drbdsetup command beside what a host has to set up here. */
final class Command {
  private Command() {}

  /** Whether it brings the host to what is wanted of it here, as far as it says. */
  static boolean fits(String command, LocalResource local) {
    List<String> words = List.of(command.split(" "));
    return switch (words.get(1)) {
      case "resource-options" ->
          is(words, "--quorum", Integer.toString(local.quorum()))
              && is(
                  words,
                  "--quorum-minimum-redundancy",
                  Integer.toString(local.quorumMinimumRedundancy().orElse(1)));
      case "disk-options" -> is(words, "--non-voting", yes(local.nonVoting()));
      case "attach" -> local.disk() == LocalResource.Disk.ATTACHED;
      case "detach" -> local.disk() != LocalResource.Disk.ATTACHED;
      case "primary" -> local.primary();
      case "secondary" -> !local.primary();
      case "new-peer", "connect", "new-path" -> peer(words, local).isPresent();
      case "disconnect", "del-peer", "forget-peer" -> peer(words, local).isEmpty();
      case "net-options" ->
          is(words, "--allow-two-primaries", yes(local.twoPrimaries()))
              && is(
                  words, "--allow-remote-read", yes(peer(words, local).orElseThrow().remoteRead()));
      case "peer-device-options" ->
          is(words, "--bitmap", yes(peer(words, local).orElseThrow().bitmap()));
      default -> command.startsWith("drbdmeta");
    };
  }

  private static String yes(boolean value) {
    return value ? "yes" : "no";
  }

  private static Optional<LocalResource.Peer> peer(List<String> words, LocalResource local) {
    int id = Replay.id("-" + words.get(3));
    return local.peers().stream().filter(peer -> peer.id() == id).findFirst();
  }

  /** Whether an option has this value, or is not there; written with a space or with {@code =}. */
  private static boolean is(List<String> words, String option, String value) {
    int at = words.indexOf(option);
    String spaced = at < 0 ? value : words.get(at + 1);
    String joined =
        words.stream()
            .filter(word -> word.startsWith(option + "="))
            .map(word -> Arrays.asList(word.split("=", 2)).get(1))
            .findFirst()
            .orElse(value);
    return spaced.equals(value) && joined.equals(value);
  }
}

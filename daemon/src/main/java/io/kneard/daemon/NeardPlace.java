package io.kneard.daemon;

import io.kneard.neard.ConfigJson;
import io.kneard.neard.HomeLock;
import io.kneard.neard.KeySlot;
import io.kneard.neard.ShutdownFiles;
import io.kneard.supervisor.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where neard is and how it is started.
 *
 * @param fence the fence program
 * @param binary neard
 * @param home neard's home
 * @param bootNodes what neard is given as {@code --boot-nodes}
 * @param validatorKey the slot of the validator key
 * @param validatorNodeKey the node key of a validator; empty to leave the home's own in place
 * @param voterNodeKey the node key of a standby; empty to leave the home's own in place
 * @param validatorAddress what a validator is given as {@code --network-addr}
 * @param voterAddress what a standby is given as {@code --network-addr}
 * @param publicAddresses {@code KEY@ip:port} that a validator announces and a standby does not
 * @param rpcAddress where to ask neard; empty for what config.json says at each start
 */
public record NeardPlace(
    Path fence,
    String binary,
    Path home,
    Optional<String> bootNodes,
    KeySlot validatorKey,
    Optional<KeySlot> validatorNodeKey,
    Optional<KeySlot> voterNodeKey,
    Optional<String> validatorAddress,
    Optional<String> voterAddress,
    List<String> publicAddresses,
    Optional<String> rpcAddress) {

  ConfigJson config() {
    return new ConfigJson(home.resolve("config.json"));
  }

  ShutdownFiles shutdownFiles() {
    return new ShutdownFiles(home);
  }

  /** Where neard answers, as things are now. */
  String rpc() throws IOException {
    return rpcAddress.isPresent() ? rpcAddress.get() : config().rpcAddress();
  }

  /** Locked while a neard of this home lives, whichever daemon started it. */
  HomeLock lock() {
    return new HomeLock(home.resolve(".kneard.lock"));
  }

  /**
   * Sees to it that neard looks for the validator key where this daemon puts it, and takes it away.
   *
   * @throws IOException if config.json was changed since the daemon started
   */
  void requireSlot() throws IOException {
    Path now = config().validatorKeyFile();
    if (!now.equals(validatorKey.slot())) {
      throw new IOException(
          "config.json says validator_key_file = %s, and said %s when the daemon was started: change it back, or restart the daemon"
              .formatted(now, validatorKey.slot()));
    }
  }

  Optional<KeySlot> nodeKey(Role role) {
    return role == Role.VALIDATOR ? validatorNodeKey : voterNodeKey;
  }

  List<String> command(Role role) {
    List<String> command = new ArrayList<>(List.of(binary, "--home", home.toString(), "run"));
    bootNodes.ifPresent(nodes -> command.addAll(List.of("--boot-nodes", nodes)));
    Optional<String> address = role == Role.VALIDATOR ? validatorAddress : voterAddress;
    address.ifPresent(value -> command.addAll(List.of("--network-addr", value)));
    return command;
  }
}

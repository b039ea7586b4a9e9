package io.kneard.standin;

import io.kneard.json.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the stand-in reads of {@code HOME/config.json}.
 *
 * @param rpc where HTTP is served
 * @param validatorKey the validator key's file, which need not exist
 * @param expectedShutdown height to stop at; null for none
 * @param name this node in the ledger
 */
record NodeConfig(InetSocketAddress rpc, Path validatorKey, Long expectedShutdown, String name) {

  /**
   * @param faults which of them decide where the height is
   * @throws IllegalArgumentException if it is no JSON with comments, or a value has the wrong type
   */
  static NodeConfig read(Path home, Faults faults) throws IOException {
    Map<String, Object> json = Json.readObject(Files.readString(home.resolve("config.json")));
    Map<?, ?> rpc = json.get("rpc") instanceof Map<?, ?> map ? map : Map.of();
    Object address = rpc.get("addr") == null ? "0.0.0.0:3030" : rpc.get("addr");
    Object key = json.getOrDefault("validator_key_file", "validator_key.json");
    Object shutdown = faults.dynConfig() ? dynamic(home) : json.get("expected_shutdown");
    Object name = json.getOrDefault("standin_name", home.getFileName().toString());
    if (!(key instanceof String keyFile)) {
      throw new IllegalArgumentException("validator_key_file = " + key + ": a file name");
    }
    if (shutdown != null && !(shutdown instanceof Long height && height >= 0)) {
      throw new IllegalArgumentException("expected_shutdown = " + shutdown + ": a height");
    }
    return new NodeConfig(
        address(address.toString()), home.resolve(keyFile), (Long) shutdown, name.toString());
  }

  private static Object dynamic(Path home) throws IOException {
    Path file = home.resolve("dyn_config.json");
    return Files.exists(file)
        ? Json.readObject(Files.readString(file)).get("expected_shutdown")
        : null;
  }

  static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new InetSocketAddress(
          text.substring(0, Math.max(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(text + ": host:port is wanted", e);
    }
  }
}

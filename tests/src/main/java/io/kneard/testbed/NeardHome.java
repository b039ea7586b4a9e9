package io.kneard.testbed;

import io.kneard.json.Json;
import io.kneard.standin.Chain;
import io.kneard.standin.Faults;
import io.kneard.standin.SignerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A folder that neard can be started in. There is no validator key in it.
 *
 * @param folder the folder
 * @param rpcPort where neard will serve HTTP, on 127.0.0.1
 */
public record NeardHome(Path folder, int rpcPort) {

  /**
   * Fills a folder: a {@code config.json} with comments and keys that nobody knows, as operators
   * have them, a node key and the chain.
   *
   * @param name the node's name in the ledger
   */
  public static NeardHome create(Path folder, String name, Chain chain) throws IOException {
    int rpcPort = FreePort.next();
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), config(name, rpcPort));
    Files.writeString(folder.resolve("genesis.json"), chain.toJson());
    SignerKey.generate(folder.resolve("node_key.json"), "node");
    return new NeardHome(folder, rpcPort);
  }

  /** A folder that neard has filled itself. */
  static NeardHome existing(Path folder) throws IOException {
    Path config = folder.resolve("config.json");
    Object rpc = Json.readObject(Files.readString(config)).get("rpc");
    String address = rpc instanceof Map<?, ?> map ? String.valueOf(map.get("addr")) : "";
    try {
      int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
      return new NeardHome(folder, port);
    } catch (NumberFormatException e) {
      throw new IOException(config + ": rpc.addr = " + address + ": host:port is wanted", e);
    }
  }

  private static String config(String name, int rpcPort) {
    return """
        {
          // Edited by hand: comments stay.
          "genesis_file": "genesis.json",
          "validator_key_file": "validator_key.json", /* absent on a standby */
          "node_key_file": "node_key.json",
          "standin_name": "%s",
          "rpc": {
            "addr": "127.0.0.1:%d",
            "cors_allowed_origins": ["*"]
          },
          "network": {
            "addr": "127.0.0.1:0",
            "public_addrs": []
          },
          "an_operators_own_key": {"expected_shutdown": "not this one"}
        }
        """
        .formatted(name, rpcPort);
  }

  /** Address of neard's HTTP. */
  public String url() {
    return "http://127.0.0.1:" + rpcPort;
  }

  /** Where neard looks for the validator key. */
  public Path slot() {
    return folder.resolve("validator_key.json");
  }

  /**
   * Makes the stand-in misbehave, within 25 ms.
   *
   * @param json an object as {@link Faults#parse} reads it
   */
  public void faults(String json) throws IOException {
    Faults.parse(json);
    Path written = folder.resolve(Faults.FILE + ".new");
    Files.writeString(written, json);
    Files.move(written, folder.resolve(Faults.FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Lets the stand-in behave again. */
  public void noFaults() throws IOException {
    Files.deleteIfExists(folder.resolve(Faults.FILE));
  }
}

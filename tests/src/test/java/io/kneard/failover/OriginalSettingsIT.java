package io.kneard.failover;

import static io.kneard.testbed.Await.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kneard.ledger.Ledger;
import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import io.kneard.testbed.ConsulServer;
import io.kneard.testbed.DaemonProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are moved over from the original, with a node key and an address by role. */
class OriginalSettingsIT {

  @TempDir Path folder;

  private ConsulServer consul;
  private Path validatorKey;
  private SignerKey validatorNode;
  private Chain chain;
  private DaemonProcess one;
  private DaemonProcess two;

  @BeforeEach
  void startBoth() throws Exception {
    consul = ConsulServer.start(Files.createDirectories(folder.resolve("consul")));
    consul.lockWasReleased("pool");
    validatorKey = folder.resolve("validator_key.json");
    SignerKey.generate(validatorKey, "pool");
    validatorNode = SignerKey.generate(folder.resolve("validator_node_key.json"), "node");
    chain = Chain.startingNow("pool", 100, 60, folder.resolve("ledger"));
    one = host("one");
    await().atMost(SOON).until(() -> validates(one));
    two = host("two");
    await().atMost(SOON).until(() -> two.said().contains("Registering -> Voting"));
  }

  private DaemonProcess host(String name) throws IOException {
    DaemonProcess host = new DaemonProcess(name, folder, consul.url(), validatorKey, chain);
    Path voterKey = folder.resolve(name + "_voter_node_key.json");
    SignerKey.generate(voterKey, "node");
    host.set("KUUTAMO_VALIDATOR_NODE_KEY", folder.resolve("validator_node_key.json").toString());
    host.set("KUUTAMO_VOTER_NODE_KEY", voterKey.toString());
    host.set("KUUTAMO_VALIDATOR_NETWORK_ADDR", "127.0.0.1:24567");
    host.set("KUUTAMO_VOTER_NETWORK_ADDR", "127.0.0.1:0");
    host.set("KUUTAMO_PUBLIC_ADDRESS", "203.0.113.7");
    Files.delete(host.home().folder().resolve("node_key.json")); // the daemon puts one there
    host.start();
    return host;
  }

  @AfterEach
  void stopBothAndJudge() throws Exception {
    try {
      one.close();
      two.close();
    } finally {
      consul.close();
    }
    assertThat(Ledger.judge(folder.resolve("ledger")).overlaps()).isEmpty();
  }

  @Test
  void theSignerHasTheCommonNodeKeyAndAddressAndAStandbyItsOwn() throws Exception {
    assertThat(announced(one)).contains(validatorNode.publicKey() + "@203.0.113.7:24567");
    assertThat(nodeKey(two)).isEqualTo(voter("two")).isNotEqualTo(validatorNode.publicKey());
    assertThat(announced(two)).isEqualTo("[]");

    one.process().destroy();
    await().atMost(SOON).until(() -> validates(two));
    assertThat(announced(two)).contains(validatorNode.publicKey() + "@203.0.113.7:24567");
    one.start();
    await().atMost(SOON).until(() -> nodeKey(one).equals(voter("one")));
    assertThat(announced(one)).isEqualTo("[]");
  }

  private boolean validates(DaemonProcess host) {
    JsonNode status = status(host);
    return !status.path("validator_public_key").asText("null").equals("null")
        && status.path("node_public_key").asText().equals(validatorNode.publicKey());
  }

  private String nodeKey(DaemonProcess host) {
    return status(host).path("node_public_key").asText();
  }

  private String voter(String name) throws IOException {
    return SignerKey.read(folder.resolve(name + "_voter_node_key.json")).publicKey();
  }

  private static JsonNode status(DaemonProcess host) {
    try (InputStream body = URI.create(host.home().url() + "/status").toURL().openStream()) {
      return new ObjectMapper().readTree(body);
    } catch (IOException e) {
      return new ObjectMapper().createObjectNode(); // it is starting
    }
  }

  private static String announced(DaemonProcess host) throws IOException {
    String config = Files.readString(host.home().folder().resolve("config.json"));
    return config
        .lines()
        .filter(line -> line.contains("public_addrs"))
        .findFirst()
        .orElseThrow()
        .replaceFirst(".*: ", "");
  }
}

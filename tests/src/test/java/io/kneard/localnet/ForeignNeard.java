package io.kneard.localnet;

import io.kneard.standin.Chain;
import io.kneard.standin.SignerKey;
import io.kneard.standin.StandIn;
import io.kneard.testbed.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A neard that the localnet does not know: it makes its homes itself, with {@code localnet}, as
 * nearcore does, and runs as the stand-in does.
 */
public final class ForeignNeard {
  private ForeignNeard() {}

  /** neard's own arguments. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> given = Arrays.asList(args);
    if (!given.contains("localnet")) {
      StandIn.main(args);
      return;
    }
    Path folder = Path.of(given.get(given.indexOf("--home") + 1));
    Chain chain = Chain.startingNow("node0", 100, 300, folder.resolve("a-ledger-of-its-own"));
    int count = number(given, "--validators=") + number(given, "--non-validators=");
    for (int i = 0; i < count; i++) {
      Path home = Files.createDirectories(folder.resolve("node" + i));
      SignerKey.generate(home.resolve("node_key.json"), "node");
      SignerKey.generate(home.resolve("validator_key.json"), "node" + i);
      Files.writeString(home.resolve("genesis.json"), chain.toJson());
      Files.writeString(
          home.resolve("config.json"),
          "{\"rpc\": {\"addr\": \"127.0.0.1:%d\"}, \"network\": {\"addr\": \"127.0.0.1:0\"}}"
              .formatted(FreePort.next()));
    }
  }

  private static int number(List<String> given, String option) {
    String found = given.stream().filter(each -> each.startsWith(option)).findFirst().orElseThrow();
    return Integer.parseInt(found.substring(option.length()));
  }
}

package io.kneard.operations;

import io.kneard.config.Settings;
import io.kneard.ctl.api.CheckReport.Finding;
import io.kneard.neard.ConfigJson;
import io.kneard.neard.NeardClient;
import io.kneard.neard.NeardStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** neard: whether it answers, and whether it should. */
final class NeardCheck {
  private static final String SUBJECT = "neard";

  private NeardCheck() {}

  static List<Finding> findings(Settings settings, Optional<Supervised> daemon) {
    String address;
    try {
      Optional<String> set = settings.neard().rpcAddr().map(Object::toString);
      address =
          set.isPresent()
              ? set.get()
              : new ConfigJson(settings.neard().home().resolve("config.json")).rpcAddress();
    } catch (IOException e) {
      return List.of(); // a finding about config.json says it
    }
    try (NeardClient client = new NeardClient(address)) {
      NeardStatus status = client.status(settings.neard().statusTimeout());
      return List.of(daemon.isPresent() ? answers(address, status) : unexpected(address, status));
    } catch (IOException e) {
      return List.of(
          daemon.isPresent()
              ? Findings.error(
                  SUBJECT,
                  address + ": " + e.getMessage(),
                  "look at neard's log, or wait for its start")
              : Findings.ok(SUBJECT, "it does not run; the daemon starts it"));
    }
  }

  private static Finding answers(String address, NeardStatus status) {
    String text =
        "%s on %s: version %s, height %d, %s"
            .formatted(
                address,
                status.chainId(),
                status.version(),
                status.height(),
                status.syncing() ? "catching up" : "in sync");
    return status.syncing()
        ? Findings.warning(SUBJECT, text, "wait: a host that is not in sync cannot take over")
        : Findings.ok(SUBJECT, text);
  }

  /** A neard that nobody guards: with the key in it, it would be a second signer. */
  private static Finding unexpected(String address, NeardStatus status) {
    String key =
        status.validatorPublicKey().map(is -> "with the key " + is).orElse("without a key");
    return Findings.error(
        SUBJECT,
        "a neard answers on %s (%s), and no daemon runs".formatted(address, key),
        "stop it before the daemon starts, which starts its own");
  }
}

package io.kneard.lock.consul;

import static io.kneard.lock.consul.Locks.session;
import static io.kneard.lock.consul.Locks.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kneard.lock.Acquisition;
import io.kneard.lock.Candidates;
import io.kneard.lock.Ending;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import io.kneard.testbed.CannedServer;
import io.kneard.testbed.ConsulServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Consul that asks for tokens. */
class ConsulAclIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String RIGHTS =
      "key_prefix \\\"kneard-leader/\\\" { policy = \\\"write\\\" }"
          + " session_prefix \\\"\\\" { policy = \\\"write\\\" }";

  @TempDir static Path folder;
  private static ConsulServer consul;

  @TempDir Path files;
  private Path tokenFile;
  private String policy;

  @BeforeAll
  static void startConsul() throws Exception {
    consul =
        ConsulServer.start(folder, "{\"acl\": {\"enabled\": true, \"default_policy\": \"deny\"}}");
    consul.bootstrapTokens();
  }

  @AfterAll
  static void stopConsul() {
    consul.close();
  }

  @BeforeEach
  void makePolicy() throws Exception {
    tokenFile = files.resolve("token");
    String made =
        consul.request("PUT", "/v1/acl/policy", policy("lock-" + files.hashCode(), RIGHTS));
    policy = ConsulServer.field(made, "ID");
    consul.request("DELETE", "/v1/kv/kneard-leader/pool", "");
  }

  private static String policy(String name, String rules) {
    return "{\"Name\": \"%s\", \"Rules\": \"%s\"}".formatted(name, rules);
  }

  /** A token with the documented rights; its accessor. */
  private String writeToken() throws Exception {
    String made =
        consul.request(
            "PUT", "/v1/acl/token", "{\"Policies\": [{\"ID\": \"%s\"}]}".formatted(policy));
    Files.writeString(tokenFile, ConsulServer.field(made, "SecretID") + "\n");
    return ConsulServer.field(made, "AccessorID");
  }

  @Test
  void theDocumentedRightsSuffice() throws Exception {
    writeToken();
    try (ConsulLock lock = withToken(tokenFile, consul.url())) {
      String mine = session(lock);
      assertThat(lock.acquire(mine, true)).isInstanceOf(Acquisition.Acquired.class);
      assertThat(lock.renew(mine)).isEqualTo(new Renewal.Renewed());
      assertThat(lock.observe(0, Duration.ZERO)).isInstanceOf(Observation.Seen.class);
      assertThat(((Candidates.Found) lock.candidates()).hosts()).isNotEmpty();
      assertThat(lock.release(mine, Optional.empty())).isEqualTo(new Ending.Done());
      assertThat(lock.destroy(mine)).isEqualTo(new Ending.Done());
    }
  }

  @Test
  void withoutATokenASessionIsRefusedAndTheAnswerSaysWhatIsWanted() throws Exception {
    try (ConsulLock lock = Locks.at(consul.url())) {
      assertThat(lock.open(true))
          .isInstanceOfSatisfying(
              Opening.Refused.class,
              refused ->
                  assertThat(refused.why())
                      .contains(
                          consul.url().toString(),
                          "403",
                          "consul.token-file",
                          "key_prefix \"kneard-leader/\" write",
                          "session_prefix \"\" write"));
    }
  }

  @Test
  void aTokenThatConsulDoesNotKnowIsRefused() throws Exception {
    Files.writeString(tokenFile, "11111111-2222-3333-4444-555555555555");
    try (ConsulLock lock = withToken(tokenFile, consul.url())) {
      assertThat(lock.open(true))
          .isInstanceOfSatisfying(
              Opening.Refused.class,
              refused -> assertThat(refused.why()).doesNotContain("11111111"));
    }
  }

  @Test
  void aTokenThatWasReplacedIsPickedUpWithoutARestartAndTheLockIsKept() throws Exception {
    String old = writeToken();
    try (ConsulLock lock = withToken(tokenFile, consul.url())) {
      String mine = session(lock);
      lock.acquire(mine, true);
      writeToken();
      consul.request("DELETE", "/v1/acl/token/" + old, "");
      await().atMost(SOON).until(() -> lock.renew(mine) instanceof Renewal.Renewed);
      assertThat(((Observation.Seen) lock.observe(0, Duration.ZERO)).session()).contains(mine);
    }
  }

  @Test
  void aReloadTakesTheNewTokenBeforeTheOldOneIsRefused() throws Exception {
    String old = writeToken();
    try (ConsulLock lock = withToken(tokenFile, consul.url())) {
      String mine = session(lock);
      writeToken();
      lock.reload();
      consul.request("DELETE", "/v1/acl/token/" + old, "");
      assertThat(lock.renew(mine)).isEqualTo(new Renewal.Renewed());
    }
  }

  @Test
  void aTokenThatLosesItsRightsNeverLooksLikeALockThatIsLost() throws Exception {
    writeToken();
    try (ConsulLock lock = withToken(tokenFile, consul.url())) {
      String mine = session(lock);
      lock.acquire(mine, true);
      consul.request("PUT", "/v1/acl/policy/" + policy, policy("lock-" + files.hashCode(), ""));
      await().atMost(SOON).until(() -> lock.renew(mine) instanceof Renewal.Unreachable);
      assertThat(lock.renew(mine))
          .isInstanceOfSatisfying(
              Renewal.Unreachable.class, is -> assertThat(is.why()).contains("consul.token-file"));
      assertThat(lock.observe(0, Duration.ZERO)).isInstanceOf(Observation.Unreachable.class);
      assertThat(lock.acquire(mine, true)).isInstanceOf(Acquisition.Unreachable.class);
      assertThat(lock.open(true)).isInstanceOf(Opening.Refused.class);
      consul.request("PUT", "/v1/acl/policy/" + policy, policy("lock-" + files.hashCode(), RIGHTS));
      await().atMost(SOON).until(() -> lock.renew(mine) instanceof Renewal.Renewed);
      assertThat(((Observation.Seen) lock.observe(0, Duration.ZERO)).session()).contains(mine);
    }
  }

  @Test
  void theTokenTravelsInAHeaderAndShowsNowhereElse() throws Exception {
    String secret = "c2VjcmV0-token";
    Files.writeString(tokenFile, secret);
    try (CannedServer server = new CannedServer(403, "Permission denied");
        ConsulLock lock = withToken(tokenFile, server.url())) {
      String said =
          lock.open(true)
              + " "
              + lock.renew("s")
              + " "
              + lock.acquire("s", true)
              + " "
              + lock.observe(0, Duration.ZERO)
              + " "
              + lock.release("s", Optional.empty())
              + " "
              + lock.destroy("s")
              + " "
              + lock.candidates();
      assertThat(said).contains("403").doesNotContain(secret);
      assertThat(server.requests())
          .hasSizeGreaterThan(6)
          .allMatch(request -> request.endsWith(" " + secret))
          .allMatch(request -> request.indexOf(secret) == request.lastIndexOf(secret));
    }
  }

  @Test
  void aFileThatHoldsNoTokenIsNamedWithoutWhatIsInIt() throws Exception {
    Files.writeString(tokenFile, "two words");
    assertThatThrownBy(() -> withToken(tokenFile, consul.url()))
        .hasMessageContaining("consul.token-file = " + tokenFile)
        .hasMessageContaining("one line")
        .hasMessageNotContaining("two words");
  }
}

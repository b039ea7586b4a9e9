package io.kneard.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.MaintenanceRequest;
import io.kneard.ctl.api.Routes;
import io.kneard.ctl.api.StatusReport;
import io.kneard.http.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlServerTest {
  @TempDir Path folder;

  private final RehearsedOperations operations = new RehearsedOperations();
  private Path socket;
  private ControlServer server;

  @BeforeEach
  void start() throws IOException {
    socket = folder.resolve("control.sock");
    server = ControlServer.start(socket, "root", operations, Limits.USUAL, Duration.ofMillis(30));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String ask(String method, String path, String body) throws IOException {
    return RawClient.ask(socket, method, path, body);
  }

  @Test
  void curlReadsTheStatusThroughTheSocket() throws Exception {
    Process curl =
        new ProcessBuilder(
                "curl",
                "--silent",
                "--fail-with-body",
                "--max-time",
                "10",
                "--unix-socket",
                socket.toString(),
                "http://kneard" + Routes.STATUS)
            .redirectErrorStream(true)
            .start();
    String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(curl.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(curl.exitValue()).as(output).isZero();
    assertThat(ControlJson.get().readValue(output, StatusReport.class))
        .isEqualTo(RehearsedOperations.report());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/status, 200",
    "GET, /v1/status?pretty, 200",
    "HEAD, /v1/status, 200",
    "GET, /v1/active-validator, 200",
    "GET, /v1/maintenance-shutdown, 200",
    "POST, /v1/pause, 200",
    "POST, /v1/reload, 200",
    "GET, /v1/check, 200",
    "DELETE, /v1/maintenance-shutdown, 409",
    "POST, /v1/resume, 500",
    "GET, /v1/nothing, 404",
    "GET, /, 404",
    "PUT, /v1/status, 405",
    "GET, /v1/pause, 405",
    "BREW, /v1/status, 405",
  })
  void everyRouteAnswersWithItsStatus(String method, String path, int status) throws IOException {
    assertThat(ask(method, path, "")).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void aWrongMethodSaysWhichOnesThereAre() throws IOException {
    assertThat(ask("PUT", Routes.MAINTENANCE, "{}"))
        .contains("Allow: DELETE, GET, POST", "\"code\":\"bad_method\"");
  }

  @Test
  void aRefusalArrivesWithItsCodeAndItsSentence() throws IOException {
    assertThat(ask("DELETE", Routes.MAINTENANCE, ""))
        .contains("\"code\":\"wrong_state\"", "nothing to cancel in Syncing");
  }

  @Test
  void aMistakeInTheDaemonKeepsItsDetailsOutOfTheAnswer() throws IOException {
    assertThat(ask("POST", Routes.RESUME, ""))
        .contains("\"code\":\"internal\"")
        .doesNotContain("secret details");
  }

  @Test
  void aPlanIsReadWithFieldsThatOnlyNewerVersionsKnow() throws IOException {
    assertThat(
            ask("POST", Routes.MAINTENANCE, "{\"minimum_length\": 12, \"colour\": [{\"a\": 1}]}"))
        .contains("\"phase\":\"planned\"");
    assertThat(operations.planned).hasValue(new MaintenanceRequest(12L, null, null));
  }

  @Test
  void noBodyAtAllIsAnEmptyRequest() throws IOException {
    assertThat(ask("POST", Routes.MAINTENANCE, "")).startsWith("HTTP/1.1 200");
    assertThat(operations.planned).hasValue(new MaintenanceRequest(null, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"shutdown_at\": \"12\"}  | shutdown_at: a whole number",
        "{\"shutdown_at\": 1.5}     | shutdown_at: a whole number",
        "{\"shutdown_at\": {}}      | shutdown_at: a whole number",
        "{\"shutdown_at\": 99999999999999999999} | shutdown_at",
        "{\"then\": 1}              | then: a text",
        "[]                         | body: a JSON object",
        "null                       | body: a JSON object",
        "12                         | body: a JSON object",
        "{\"then\":                 | body: JSON is wanted",
        "{} {}                      | body",
        "hello                      | body: JSON is wanted",
      })
  void aWrongBodyIsRefusedAndNamesTheField(String body, String message) throws IOException {
    assertThat(ask("POST", Routes.MAINTENANCE, body))
        .startsWith("HTTP/1.1 400 ")
        .contains("\"code\":\"bad_request\"", "\"message\":\"" + message);
    assertThat(operations.planned).hasNullValue();
  }

  @Test
  void aLongRequestDoesNotHoldUpTheOthers() throws Exception {
    try (RawClient slow = new RawClient(socket)) {
      slow.send(RawClient.request("POST", Routes.SWITCHOVER, "{\"to\":\"node-3\"}"));
      assertThat(ask("GET", Routes.STATUS, "")).startsWith("HTTP/1.1 200");
      operations.handover.countDown();
      assertThat(slow.readAll()).contains("\"to\":\"node-3\"", "\"gap_millis\":420");
    }
  }

  @Test
  void theStreamOfEventsStartsWithTheRememberedOnesAndGoesOn() throws IOException {
    operations.changes.publish(RehearsedOperations.change(1));
    try (RawClient stream = new RawClient(socket)) {
      stream.send("GET /v1/events HTTP/1.1\r\nHost: kneard\r\n\r\n");
      assertThat(stream.readUntil("\"sequence\":1"))
          .contains("HTTP/1.1 200", "Transfer-Encoding: chunked", "application/x-ndjson");
      assertThat(stream.readUntil("\n\r\n")).as("a sign of life").contains("1\r\n\n\r\n");
      operations.changes.publish(RehearsedOperations.change(2));
      assertThat(stream.readUntil("\"sequence\":2")).contains("lock acquired");
    }
  }

  @Test
  void aStreamThatIsClosedByItsReaderFreesItsPlace() throws IOException {
    for (int i = 0; i < 20; i++) {
      String[] answer = {""};
      await()
          .atMost(Duration.ofSeconds(5))
          .until(
              () -> {
                try (RawClient stream = new RawClient(socket)) {
                  stream.send("GET /v1/events HTTP/1.1\r\nHost: kneard\r\n\r\n");
                  answer[0] = stream.readUntil("\r\n\r\n");
                }
                return answer[0].startsWith("HTTP/1.1 200");
              });
    }
  }

  @Test
  void closingEndsOpenStreamsAndRequestsWithinASecond() throws Exception {
    try (RawClient stream = new RawClient(socket);
        RawClient handover = new RawClient(socket);
        RawClient silent = new RawClient(socket)) {
      stream.send("GET /v1/events HTTP/1.1\r\nHost: kneard\r\n\r\n").readUntil("\r\n\r\n");
      handover.send(RawClient.request("POST", Routes.SWITCHOVER, "{}"));
      long start = System.nanoTime();
      CompletableFuture.runAsync(server::close).get(5, TimeUnit.SECONDS);
      stream.readAll();
      handover.readAll();
      assertThat(silent.readAll()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThat(socket).doesNotExist();
    }
  }
}

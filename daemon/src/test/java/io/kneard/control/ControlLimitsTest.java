package io.kneard.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.kneard.ctl.api.Routes;
import io.kneard.http.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlLimitsTest {
  private static final Duration REQUEST = Duration.ofMillis(400);
  private static final int CONNECTIONS = 4;

  @TempDir Path folder;

  private final RehearsedOperations operations = new RehearsedOperations();
  private Path socket;
  private ControlServer server;

  @BeforeEach
  void start() throws IOException {
    socket = folder.resolve("control.sock");
    server =
        ControlServer.start(
            socket,
            "root",
            operations,
            Limits.USUAL.withConnections(CONNECTIONS).withTimes(REQUEST, REQUEST),
            Duration.ofMillis(50));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String ask(String text) throws IOException {
    try (RawClient client = new RawClient(socket)) {
      return client.send(text).readAll();
    }
  }

  private void assertThatTheServerStillServes() {
    await()
        .ignoreExceptions() // a connection that is cut off at once
        .atMost(Duration.ofSeconds(10))
        .until(() -> RawClient.ask(socket, "GET", Routes.STATUS, "").startsWith("HTTP/1.1 200"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "GET\r\n\r\n",
        "GET /v1/status HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET /v1/status HTTP/1.1\r\n\r\n",
        "GET /v1/status HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
        "POST /v1/pause HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n",
        "POST /v1/pause HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/pause HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      })
  void aMalformedRequestIsAnsweredAndCarriesNothingOut(String request) throws IOException {
    assertThat(ask(request)).containsPattern("^HTTP/1.1 (400|501|505) ").contains("\"code\":");
    assertThat(operations.pauses).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "POST /v1/pause HTTP/1.1\r\n",
        "POST /v1/pause HTTP/1.1\r\nHost: a",
        "POST /v1/pause HTTP/1.1\r\nHost: a\r\n",
        "POST /v1/pause HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{",
        "POST /v1/pause HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{",
      })
  void halfARequestIsNeverCarriedOut(String half) throws IOException {
    try (RawClient leaves = new RawClient(socket)) {
      leaves.send(half).sendNoMore().readAll();
    }
    long start = System.nanoTime();
    ask(half); // and waits
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(operations.pauses).hasValue(0);
  }

  @Test
  void aRequestThatArrivesByteByByteIsCutOff() throws IOException {
    String request = "GET /v1/status HTTP/1.1\r\nHost: a\r\nX-Slow: " + "a".repeat(2000);
    long start = System.nanoTime();
    try (RawClient slow = new RawClient(socket)) {
      assertThatCode(
              () -> {
                for (int i = 0; i < request.length(); i++) {
                  slow.send(request.substring(i, i + 1));
                  LockSupport.parkNanos(10_000_000);
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(REQUEST, Duration.ofSeconds(5));
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
    assertThat(RawClient.ask(socket, "POST", Routes.MAINTENANCE, " ".repeat(64 * 1024 + 1)))
        .startsWith("HTTP/1.1 413 ")
        .contains("too_large", "at most 65536 bytes");
    assertThat(RawClient.ask(socket, "POST", Routes.MAINTENANCE, " ".repeat(64 * 1024 - 2) + "{}"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aBodyWithoutALengthIsBoundedToo() throws IOException {
    String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
    assertThat(
            ask(
                "POST /v1/maintenance-shutdown HTTP/1.1\r\nHost: a\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + chunk.repeat(20)
                    + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ")
        .contains("too_large");
  }

  @Test
  void aClientThatWaitsToBeToldToContinueIsTold() throws IOException {
    try (RawClient client = new RawClient(socket)) {
      String head = "POST /v1/pause HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n";
      client.send(head + "Expect: 100-continue\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      assertThat(client.send("{}").readAll()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void headersThatAreTooLongOrTooManyAreRefused() throws IOException {
    assertThat(ask("GET /v1/status HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(9000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(ask("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(ask("GET /v1/status HTTP/1.1\r\nHost: a\r\n" + "X: x\r\n".repeat(80) + "\r\n"))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void oneCallerTooManyIsToldSoAtOnce() throws Exception {
    List<RawClient> streams = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      RawClient stream = new RawClient(socket);
      streams.add(stream);
      stream.send("GET /v1/events HTTP/1.1\r\nHost: a\r\n\r\n").readUntil("\r\n\r\n");
    }
    assertThat(RawClient.ask(socket, "GET", Routes.STATUS, ""))
        .startsWith("HTTP/1.1 503 ")
        .contains("\"code\":\"busy\"");
    streams.forEach(RawClient::close);
    assertThatTheServerStillServes();
  }

  @Test
  void aFloodOfSilentConnectionsPassesAndLeavesTheServerWell() throws Exception {
    List<RawClient> silent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      silent.add(new RawClient(socket));
    }
    assertThatTheServerStillServes(); // they are cut off when their time is over
    silent.forEach(RawClient::close);
  }

  @Test
  void aReaderThatNeverReadsIsCutOffAndLosesItsPlace() throws Exception {
    try (RawClient deaf = new RawClient(socket)) {
      deaf.send("GET /v1/events HTTP/1.1\r\nHost: a\r\n\r\n").readUntil("\r\n\r\n");
      String why = "x".repeat(64 * 1024);
      for (int i = 1; i <= 500; i++) {
        operations.changes.publish(
            new io.kneard.ctl.api.StateChange(i, java.time.Instant.EPOCH, "Voting", "Voting", why));
      }
      assertThatTheServerStillServes();
    }
  }

  /** Seeded, so that a failure comes again. */
  @Test
  void noiseOfAnyKindNeverBringsTheServerDown() throws Exception {
    Random random = new Random(20260101);
    String sound = RawClient.request("POST", Routes.MAINTENANCE, "{\"shutdown_at\": 12}");
    long start = System.nanoTime();
    for (int i = 0; i < 300; i++) {
      byte[] noise =
          i % 3 == 0 ? new byte[random.nextInt(600)] : sound.getBytes(StandardCharsets.ISO_8859_1);
      if (i % 3 == 0) {
        random.nextBytes(noise);
      } else {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
        }
      }
      try (RawClient client = new RawClient(socket)) {
        client.send(noise).sendNoMore().readAll();
      } catch (IOException e) {
        // It was cut off in the middle: as good as an answer.
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    assertThatTheServerStillServes();
  }
}

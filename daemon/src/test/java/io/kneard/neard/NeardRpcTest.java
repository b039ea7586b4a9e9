package io.kneard.neard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kneard.neard.NeardRpc.Quiet;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class NeardRpcTest {
  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final String UNKNOWN =
      "{\"error\":{\"code\":-32601,\"message\":\"Method not found\",\"data\":\"x\"}}";

  private HttpServer server;
  private NeardClient client;
  private volatile int status = 200;
  private volatile String body = "";
  private volatile boolean onlyOldName;
  private volatile boolean trickle;
  private volatile String asked;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client = new NeardClient("127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean unknown = onlyOldName && asked.contains("\"maintenance_windows\"");
      byte[] bytes = (unknown ? UNKNOWN : body).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(unknown ? 400 : status, bytes.length == 0 ? -1 : bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        if (trickle) {
          trickle(bytes, out);
        } else {
          out.write(bytes);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void trickle(byte[] bytes, OutputStream out)
      throws IOException, InterruptedException {
    for (byte each : bytes) {
      out.write(each);
      out.flush();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void windowsAreReadInBothForms() throws IOException {
    body = "{\"jsonrpc\":\"2.0\",\"result\":[[10,20],{\"start\":30,\"end\":40}],\"id\":\"kneard\"}";
    assertThat(client.rpc().maintenanceWindows("pool.near", BOUND))
        .containsExactly(new Quiet(10, 20), new Quiet(30, 40));
    assertThat(asked)
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":\"kneard\",\"method\":\"maintenance_windows\","
                + "\"params\":{\"account_id\":\"pool.near\"}}");
  }

  @Test
  void aBuildThatDoesNotKnowTheMethodIsAskedByItsOldName() throws IOException {
    onlyOldName = true;
    body = "{\"result\":[[10,20]]}";
    assertThat(client.rpc().maintenanceWindows("pool.near", BOUND))
        .containsExactly(new Quiet(10, 20));
    assertThat(asked).contains("\"EXPERIMENTAL_maintenance_windows\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 408, 422, 500})
  void anErrorIsToldWhateverTheHttpStatus(int with) {
    status = with;
    body =
        "{\"error\":{\"name\":\"HANDLER_ERROR\",\"cause\":{\"name\":\"UNKNOWN_EPOCH\"},"
            + "\"code\":-32000,\"message\":\"Server error\",\"data\":\"no\\nepoch\"}}";
    assertThatThrownBy(() -> client.rpc().maintenanceWindows("pool.near", BOUND))
        .isInstanceOf(IOException.class)
        .hasMessage("maintenance_windows answered the error -32000 UNKNOWN_EPOCH (no epoch)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200|<html>proxy</html>|answered HTTP 200 without a result",
        "200|{}|answered HTTP 200 without a result",
        "200|null|answered HTTP 200 without a result",
        "503|''|answered HTTP 503 without a result",
        "502|{\"result\":[]}|answered HTTP 502 without a result",
        "200|{\"result\":{}}|answered no list of windows",
        "200|{\"result\":[[1]]}|answered [1] as a window",
        "200|{\"result\":[{\"start\":\"1\",\"end\":2}]}|as a window",
        "200|{\"result\":[7]}|answered 7 as a window",
        "400|{\"error\":\"busy\"}|answered the error without a code",
      })
  void whatIsNoAnswerIsSaid(int with, String text, String message) {
    status = with;
    body = text;
    assertThatThrownBy(() -> client.rpc().maintenanceWindows("pool.near", BOUND))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("maintenance_windows ")
        .hasMessageContaining(message);
  }

  @Test
  void anAnswerWithoutEndIsCutOffInTime() {
    trickle = true;
    body = " ".repeat(2_000) + "{\"result\":[]}";
    long start = System.nanoTime();
    assertThatThrownBy(() -> windows(Duration.ofMillis(400)))
        .isInstanceOf(IOException.class)
        .hasMessage("maintenance_windows did not answer within 400 ms");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void anAnswerThatIsTooLargeIsRefusedAndALongErrorShortened() {
    body = "{\"error\":{\"code\":1,\"message\":\"" + "x".repeat(10_000) + "\"}}";
    assertThatThrownBy(() -> windows(BOUND))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).endsWith("…)"));
    body = "x".repeat(5 << 20);
    assertThatThrownBy(() -> windows(BOUND))
        .hasMessage("maintenance_windows: the answer is larger than 4194304 bytes");
  }

  @Test
  void aClientThatWasClosedFailsLikeANeardThatIsNotThere() {
    client.close();
    assertThatThrownBy(() -> windows(BOUND)).isInstanceOf(IOException.class);
  }

  private List<Quiet> windows(Duration bound) throws IOException {
    return client.rpc().maintenanceWindows("pool.near", bound);
  }
}

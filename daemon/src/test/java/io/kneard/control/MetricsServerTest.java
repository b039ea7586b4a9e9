package io.kneard.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsServerTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private volatile Optional<String> problem = Optional.empty();
  private volatile Optional<Long> pid = Optional.of(4711L);
  private MetricsServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        MetricsServer.start(
            loopback(0),
            new MetricsServer.Source() {
              @Override
              public String page() {
                return "kneard_paused 0\n";
              }

              @Override
              public Optional<String> problem() {
                return problem;
              }

              @Override
              public Optional<Long> neardPid() {
                return pid;
              }
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void metricsAreServedInTheFormatThatPrometheusReads() throws Exception {
    HttpResponse<String> answer = ask("GET", "/metrics?name[]=x");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body()).isEqualTo("kneard_paused 0\n");
  }

  @Test
  void healthIsThatOfTheDaemonAndSaysWhatIsWrong() throws Exception {
    assertThat(ask("GET", "/health").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/health").body()).isEqualTo("OK");
    problem = Optional.of("the supervisor has not decided for 12 s");
    assertThat(ask("GET", "/health").statusCode()).isEqualTo(503);
    assertThat(ask("GET", "/health").body()).contains("has not decided for 12 s");
  }

  @Test
  void neardsProcessIdIsTheWholeAnswerAndEmptyWithoutANeard() throws Exception {
    assertThat(ask("GET", "/neard-pid").body()).isEqualTo("4711");
    pid = Optional.empty();
    assertThat(ask("GET", "/neard-pid").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/neard-pid").body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/health", "/neard-pid"})
  void nothingCanBeChangedAndHeadIsWithoutBody(String path) throws Exception {
    HttpResponse<String> post = ask("POST", path);
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).hasValue("GET, HEAD");
    HttpResponse<String> head = ask("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length"))
        .hasValue(Integer.toString(ask("GET", path).body().length()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics/", "/v1/status"})
  void anyOtherPathIsNotFound(String path) throws Exception {
    assertThat(ask("GET", path).statusCode()).isEqualTo(404);
    assertThat(ask("POST", path).statusCode()).isEqualTo(404);
  }

  @Test
  void aPortThatIsTakenIsRefusedWithTheNameOfTheSetting() {
    InetSocketAddress taken = loopback(server.address().getPort());
    assertThatThrownBy(() -> MetricsServer.start(taken, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("metrics.address")
        .hasMessageContaining(":" + taken.getPort())
        .hasMessageContaining("in use");
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    return HTTP.send(
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}

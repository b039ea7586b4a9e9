package io.kneard.bench;

import io.kneard.testbed.HostProcess;
import io.kneard.testbed.Kneardctl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;

/** How long those who ask a daemon wait: an operator in a shell, and Prometheus. */
final class Answers {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HostProcess host;
  private final HttpClient http = HttpClient.newHttpClient();

  private interface Question {
    void ask() throws IOException, InterruptedException;
  }

  Answers(HostProcess host) {
    this.host = host;
  }

  /** Asks that often, and prints. */
  void print(int rounds) throws IOException, InterruptedException {
    System.out.printf("answers, %d rounds%n", rounds);
    print("kneardctl status, from the shell to its end (wanted: 250 ms)", rounds, this::status);
    print("scrape of /metrics", rounds, this::scrape);
  }

  private static void print(String title, int rounds, Question question)
      throws IOException, InterruptedException {
    double[] millis = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long begin = System.nanoTime();
      question.ask();
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf(
        "  %s: median %.1f ms, worst %.1f ms%n", title, millis[rounds / 2], millis[rounds - 1]);
  }

  private void status() throws IOException, InterruptedException {
    Kneardctl answer = Kneardctl.run(host.socket(), "status");
    if (answer.status() != 0) {
      throw new IOException("kneardctl status: " + answer.err());
    }
  }

  private void scrape() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(host.metricsUrl())).timeout(PATIENCE).build();
    int status = http.send(request, BodyHandlers.ofString()).statusCode();
    if (status != 200) {
      throw new IOException("/metrics answered " + status);
    }
  }
}

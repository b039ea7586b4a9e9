package io.kneard.exporter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** One look at a host's metrics port, as Prometheus or curl would take it. */
public record Scrape(int status, String page) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  public static Scrape of(URI host, String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(host.resolve(path)).timeout(Duration.ofSeconds(10)).build(),
            HttpResponse.BodyHandlers.ofString());
    return new Scrape(answer.statusCode(), answer.body());
  }

  /** The metrics of a host; nothing while it does not answer. */
  static Scrape metrics(URI host) throws InterruptedException {
    try {
      return of(host, "/metrics");
    } catch (IOException e) {
      return new Scrape(0, "");
    }
  }

  /** A sample by its series, spelled as on the page. */
  public OptionalDouble value(String series) {
    return page.lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst();
  }

  boolean shows(String series, double value) {
    return value(series).equals(OptionalDouble.of(value));
  }

  /** The state that is 1. */
  Optional<String> state() {
    return page.lines()
        .filter(line -> line.startsWith("kuutamod_state{type=\"") && line.endsWith("\"} 1"))
        .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
        .findFirst();
  }
}

package io.kneard.datamesh.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** The recorded files. */
public final class Vectors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Vectors() {}

  /** Every row of a file, one after the other. */
  public static void forEach(String file, Consumer<JsonNode> row) {
    try (InputStream raw = Vectors.class.getResourceAsStream("/datamesh/" + file + ".jsonl.gz");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(raw), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        row.accept(JSON.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  /** Every decision of a file of decisions. */
  static void decisions(String file, Consumer<Recorded> each) {
    forEach(
        file,
        row -> {
          String name = row.get("id").asText() + " " + row.path("test").asText(name(row));
          if (row.has("calls")) {
            int call = 0;
            for (JsonNode one : row.get("calls")) {
              each.accept(new Recorded(name + " call " + call++, one.get("in"), one.get("out")));
            }
          } else {
            each.accept(new Recorded(name, row.get("input"), row.get("output")));
          }
        });
  }

  private static String name(JsonNode row) {
    return row.path("name").asText();
  }
}

package io.kneard.drbd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Everything that was recorded of real DRBD, by file name. */
final class Captures {
  private static final Map<String, String> FILES = load();

  private Captures() {}

  /** Those whose name ends so. */
  static Map<String, String> ending(String end) {
    Map<String, String> found = new TreeMap<>(FILES);
    found.keySet().removeIf(name -> !name.endsWith(end));
    return found;
  }

  /** Those whose name contains this. */
  static Map<String, String> with(String part) {
    Map<String, String> found = new TreeMap<>(FILES);
    found.keySet().removeIf(name -> !name.contains(part));
    return found;
  }

  static Optional<String> file(String name) {
    return Optional.ofNullable(FILES.get(name));
  }

  private static Map<String, String> load() {
    Map<String, String> files = new TreeMap<>();
    ObjectMapper mapper = new ObjectMapper();
    try (InputStream packed = Captures.class.getResourceAsStream("/drbd/captures.jsonl.gz");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode file = mapper.readTree(line);
        files.put(file.path("file").asText(), file.path("text").asText());
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

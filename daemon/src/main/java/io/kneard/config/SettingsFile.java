package io.kneard.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds and reads the settings file. */
final class SettingsFile {
  private static final Path USUAL = Path.of("/etc/kneard/kneard.toml");
  private static final int MAX_BYTES = 256 * 1024;

  private SettingsFile() {}

  /** The file that was named has to exist; the usual one need not. */
  static Layer read(Invocation invocation, Host host) {
    Optional<Path> named =
        invocation
            .configFile()
            .or(() -> host.variable(EnvironmentLayer.CONFIG).map(Path::of))
            .map(Path::toAbsolutePath);
    Path file = named.orElse(USUAL);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return failed(file, "not a file"); // reading a pipe would wait for ever
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        return failed(file, "larger than %d bytes: no settings file".formatted(MAX_BYTES));
      }
      return TomlLayer.read(file, text(bytes));
    } catch (NoSuchFileException e) {
      return named.isPresent() ? failed(file, "no such settings file") : Layer.empty();
    } catch (IOException e) {
      return failed(file, Secrecy.why(file, e));
    }
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Layer failed(Path file, String why) {
    String mend = "put it in order, or name another with --config or " + EnvironmentLayer.CONFIG;
    return Layer.broken(Complaint.at(file.toString(), why, mend));
  }
}

package io.kneard.neard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * neard's {@code config.json}, edited in place: comments, order, white space and unknown keys stay
 * as the operator wrote them (facts: operators keep comments in it).
 *
 * @param file the file; a symbolic link is followed and kept
 */
public record ConfigJson(Path file) {
  private static final String EXPECTED_SHUTDOWN = "expected_shutdown";
  private static final String NETWORK = "network";
  private static final String PUBLIC_ADDRS = "public_addrs";
  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final JsonMapper MAPPER = new JsonMapper(JsonText.FACTORY);

  /** Has neard stop as soon as its head is at or past {@code height}, from its next reload on. */
  public void planShutdown(long height) throws IOException {
    edit(
        text -> JsonText.insert(removeShutdown(text), List.of(), EXPECTED_SHUTDOWN, height + ""),
        tree -> tree.put(EXPECTED_SHUTDOWN, height));
  }

  /** Removes the planned stop; left behind it would stop the next start at once. */
  public void forgetShutdown() throws IOException {
    if (tree(text()).has(EXPECTED_SHUTDOWN)) {
      edit(ConfigJson::removeShutdown, tree -> tree.remove(EXPECTED_SHUTDOWN));
    }
  }

  /** The planned stop. */
  public Optional<Long> plannedShutdown() throws IOException {
    JsonNode value = tree(text()).path(EXPECTED_SHUTDOWN);
    return value.canConvertToLong() ? Optional.of(value.asLong()) : Optional.empty();
  }

  /** Where neard answers: {@code rpc.addr}, with a wildcard address replaced by loopback. */
  public String rpcAddress() throws IOException {
    String address = tree(text()).path("rpc").path("addr").asText("0.0.0.0:3030");
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    String port = colon < 0 ? "3030" : address.substring(colon + 1);
    String reachable =
        switch (host) {
          case "", "0.0.0.0" -> "127.0.0.1";
          case "[::]" -> "[::1]";
          default -> host;
        };
    return reachable + ":" + port;
  }

  /** Where neard looks for its validator key. */
  public Path validatorKeyFile() throws IOException {
    String name = tree(text()).path("validator_key_file").asText("validator_key.json");
    return file.toAbsolutePath().getParent().resolve(name);
  }

  /**
   * Has neard tell its peers these addresses, or tell them no more, from its next start on. Others
   * in {@code network.public_addrs} stay.
   *
   * @param addresses {@code KEY@ip:port}
   */
  public void announce(List<String> addresses, boolean announced) throws IOException {
    JsonNode before = tree(text()).path(NETWORK).path(PUBLIC_ADDRS);
    ArrayNode wanted = MAPPER.createArrayNode();
    if (announced) {
      addresses.forEach(wanted::add);
    }
    for (JsonNode other : before) {
      if (!addresses.contains(other.asText())) {
        wanted.add(other);
      }
    }
    if (!wanted.equals(before) && !(wanted.isEmpty() && before.isMissingNode())) {
      edit(
          text -> JsonText.put(text, List.of(NETWORK, PUBLIC_ADDRS), wanted.toString()),
          tree -> tree.withObject("/" + NETWORK).set(PUBLIC_ADDRS, wanted));
    }
  }

  private interface Edit {
    String apply(String text) throws IOException;
  }

  private void edit(Edit edit, Consumer<ObjectNode> meant) throws IOException {
    String before = text();
    ObjectNode expected = tree(before).deepCopy();
    meant.accept(expected);
    String after = edit.apply(before);
    if (!tree(after).equals(tree(expected.toString()))) {
      throw new IOException(file + ": the edit would have changed more than it was meant to");
    }
    Path real = file.toRealPath();
    AtomicFile.replace(
        real, after.getBytes(StandardCharsets.UTF_8), Files.getPosixFilePermissions(real));
  }

  /** As it stands. */
  String text() throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("%s: larger than %d bytes".formatted(file, MAX_BYTES));
    }
    return Files.readString(file);
  }

  private ObjectNode tree(String text) throws IOException {
    try {
      if (MAPPER.readTree(JsonText.bare(text)) instanceof ObjectNode object) {
        return object;
      }
      throw new IOException(file + ": not a JSON object");
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: line %d, column %d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()));
    }
  }

  private static String removeShutdown(String text) throws IOException {
    return JsonText.removeAll(text, List.of(EXPECTED_SHUTDOWN));
  }
}

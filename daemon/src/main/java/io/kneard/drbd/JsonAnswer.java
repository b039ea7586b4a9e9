package io.kneard.drbd;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadCapability;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JacksonFeatureSet;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JSON of {@code drbdsetup}, in which fields come and go between versions. */
final class JsonAnswer {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonAnswer() {}

  /** The resources in an answer: the elements of its one array. */
  static List<JsonNode> resources(String command, String text) throws Unreadable {
    try (JsonParser parser = new Repeating(MAPPER.getFactory().createParser(text))) {
      JsonNode root = MAPPER.readTree(parser);
      if (root == null || !root.isArray()) {
        throw new Unreadable(command + " --json: not an array of resources");
      }
      if (parser.nextToken() != null) {
        throw new Unreadable(command + " --json: more behind its end");
      }
      return elements(root);
    } catch (JacksonException e) {
      throw new Unreadable(command + " --json: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new Unreadable(command + " --json: " + e.getMessage(), e);
    }
  }

  /** The elements of a list; of what is no list, that alone; of nothing, none. */
  static List<JsonNode> elements(JsonNode node) {
    List<JsonNode> all = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(all::add);
    } else if (!node.isMissingNode() && !node.isNull()) {
      all.add(node);
    }
    return all;
  }

  static String text(JsonNode object, String field) throws Unreadable {
    return present(object, field).asText();
  }

  static int number(JsonNode object, String field) throws Unreadable {
    JsonNode value = present(object, field);
    if (!value.canConvertToInt()) {
      throw new Unreadable("%s: %s is no number".formatted(field, value));
    }
    return value.intValue();
  }

  static boolean flag(JsonNode object, String field) {
    return object.path(field).asBoolean();
  }

  static Optional<JsonNode> optional(JsonNode object, String field) {
    return Optional.of(object.path(field)).filter(node -> !node.isMissingNode());
  }

  private static JsonNode present(JsonNode object, String field) throws Unreadable {
    return optional(object, field)
        .filter(JsonNode::isValueNode)
        .orElseThrow(() -> new Unreadable("the field %s is missing".formatted(field)));
  }

  /** Older tools repeat the name {@code path} for every path: its values become a list. */
  private static final class Repeating extends JsonParserDelegate {
    Repeating(JsonParser parser) {
      super(parser);
    }

    @Override
    public JacksonFeatureSet<StreamReadCapability> getReadCapabilities() {
      return super.getReadCapabilities().with(StreamReadCapability.DUPLICATE_PROPERTIES);
    }
  }
}

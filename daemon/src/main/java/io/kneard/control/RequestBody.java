package io.kneard.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.kneard.ctl.api.ControlJson;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * The JSON of a request. Stricter than what is read from the daemon: a height in quotes, or one
 * with a fraction, is refused rather than guessed at.
 */
final class RequestBody {
  private static final ObjectMapper STRICT = strict();

  private static final byte[] NOTHING = {'{', '}'};

  private RequestBody() {}

  /**
   * Reads a request; nothing at all counts as an empty object.
   *
   * @throws Refusal 400 that names the field, or the place in the text
   */
  static <T> T read(byte[] body, Class<T> type) throws Refusal {
    try {
      T value = STRICT.readValue(body.length == 0 ? NOTHING : body, type);
      if (value == null) {
        throw Refusal.badRequest("body: a JSON object is wanted, not null");
      }
      return value;
    } catch (MismatchedInputException e) {
      throw Refusal.badRequest(field(e) + ": " + wanted(e) + " is wanted");
    } catch (JsonMappingException e) {
      throw Refusal.badRequest(field(e) + ": " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest("body: JSON is wanted: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw Refusal.badRequest("body: " + e.getMessage());
    }
  }

  private static String field(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(part -> String.valueOf(part.getFieldName()))
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "body" : path;
  }

  private static String wanted(MismatchedInputException e) {
    Class<?> type = e.getTargetType();
    if (type == Long.class) {
      return "a whole number";
    }
    return type == String.class ? "a text" : "a JSON object";
  }

  private static ObjectMapper strict() {
    ObjectMapper mapper = ControlJson.get().copy();
    mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    mapper
        .coercionConfigFor(LogicalType.Integer)
        .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return mapper;
  }
}

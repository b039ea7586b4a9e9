package io.kneard.ctl.api;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;

/** The one JSON mapping of the control socket. */
public final class ControlJson {
  private static final ObjectMapper MAPPER = mapper();

  private ControlJson() {}

  /** Thread safe; callers do not reconfigure it. */
  public static ObjectMapper get() {
    return MAPPER;
  }

  private static ObjectMapper mapper() {
    SimpleModule instants =
        new SimpleModule("instants")
            .addSerializer(Instant.class, ToStringSerializer.instance)
            .addDeserializer(Instant.class, new InstantFromText());
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .addModule(instants)
        .build();
  }

  private static final class InstantFromText extends FromStringDeserializer<Instant> {
    InstantFromText() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String value, DeserializationContext context) {
      return Instant.parse(value);
    }
  }
}

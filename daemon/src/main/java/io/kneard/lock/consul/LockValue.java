package io.kneard.lock.consul;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.Sign;
import java.time.Duration;
import java.util.Optional;

/**
 * The value of the leader key. {@code Hostname} and {@code NodeId} are the original's; the others
 * are absent unless they say something.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LockValue(
    @JsonProperty("Hostname") String hostname,
    @JsonProperty("NodeId") String nodeId,
    @JsonProperty("Live") Boolean live,
    @JsonProperty("Released") Boolean released,
    @JsonProperty("Handover") Wish handover,
    @JsonProperty("Sign") Alive alive) {

  /** A wish for a certain next holder. */
  record Wish(@JsonProperty("NodeId") String nodeId, @JsonProperty("Millis") long millis) {}

  /** A sign of life of the holder. */
  record Alive(@JsonProperty("Id") String id, @JsonProperty("QuietMillis") long quietMillis) {}

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final long LONGEST_WISH = 60_000;

  /** More than the settings allow (lock.stop-after and lock.fence-bound). */
  private static final long LONGEST_QUIET = Duration.ofHours(26).toMillis();

  static LockValue held(Holder self, boolean live, Sign sign) {
    Alive alive = new Alive(sign.id(), sign.quietAfter().toMillis());
    return new LockValue(self.hostname(), self.nodeId(), live ? true : null, null, null, alive);
  }

  static LockValue released(Holder self, Optional<Handover> handover) {
    Wish wish = handover.map(h -> new Wish(h.toNodeId(), h.lifetime().toMillis())).orElse(null);
    return new LockValue(self.hostname(), self.nodeId(), null, true, wish, null);
  }

  /** Anybody may have written the value: what is not ours is empty, never an error. */
  static Optional<LockValue> parse(String text) {
    try {
      return Optional.ofNullable(JSON.readValue(text, LockValue.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Optional<Holder> holder() {
    return nodeId == null ? Optional.empty() : Optional.of(new Holder(hostname, nodeId));
  }

  boolean isLive() {
    return Boolean.TRUE.equals(live);
  }

  boolean isReleased() {
    return Boolean.TRUE.equals(released);
  }

  Optional<Sign> sign() {
    boolean sensible =
        alive != null
            && alive.id() != null
            && alive.quietMillis() > 0
            && alive.quietMillis() <= LONGEST_QUIET;
    return sensible
        ? Optional.of(new Sign(alive.id(), Duration.ofMillis(alive.quietMillis())))
        : Optional.empty();
  }

  Optional<Handover> wish() {
    boolean sensible =
        handover != null
            && handover.nodeId() != null
            && handover.millis() > 0
            && handover.millis() <= LONGEST_WISH;
    return sensible
        ? Optional.of(new Handover(handover.nodeId(), Duration.ofMillis(handover.millis())))
        : Optional.empty();
  }
}

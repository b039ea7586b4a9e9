package io.kneard.lock.consul;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kneard.lock.Observation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * The leader key as Consul has it. It is read by itself and not, as consul-client would have to for
 * the index of a missing one, by its prefix: without the right to read, Consul leaves it out of
 * such a list, and it would look free.
 *
 * @param at the index of the whole answer, to wait for the next one
 * @param session that holds it
 * @param value what its holder wrote last
 * @param epoch {@code LockIndex}
 * @param index {@code ModifyIndex}
 */
record LockEntry(
    long at, Optional<String> session, Optional<LockValue> value, long epoch, long index) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOT_FOUND = 404;

  /** Consul lengthens a wait by up to a sixteenth. */
  private static final int JITTER = 16;

  /** What there is now, confirmed by a majority. */
  static LockEntry read(Agent agent, String path, Duration bound) throws IOException {
    return parse(() -> agent.get(path + "?consistent", bound));
  }

  /** What there is after a change, or after that time. */
  static LockEntry await(Agent agent, String path, long index, Duration wait, Duration bound)
      throws IOException {
    String query = "?consistent&index=%d&wait=%ds".formatted(index, wait.toSeconds());
    Duration longest = wait.plus(wait.dividedBy(JITTER)).plus(bound);
    return parse(() -> agent.look(path + query, longest));
  }

  private interface Request {
    Agent.Reply send() throws IOException;
  }

  private static LockEntry parse(Request request) throws IOException {
    try {
      Agent.Reply reply = request.send();
      JsonNode entry = JSON.readTree(reply.body()).path(0);
      if (!entry.path("ModifyIndex").canConvertToLong() || reply.index() == 0) {
        throw new IOException("no answer to a request for the lock's key");
      }
      return new LockEntry(
          reply.index(),
          Optional.ofNullable(entry.path("Session").textValue()),
          Optional.ofNullable(entry.path("Value").textValue()).flatMap(LockEntry::decode),
          entry.path("LockIndex").asLong(),
          entry.path("ModifyIndex").asLong());
    } catch (Rejected e) {
      if (e.code == NOT_FOUND && e.index > 0) {
        return new LockEntry(e.index, Optional.empty(), Optional.empty(), 0, 0);
      }
      throw e;
    }
  }

  private static Optional<LockValue> decode(String base64) {
    byte[] text = Base64.getDecoder().decode(base64);
    return LockValue.parse(new String(text, StandardCharsets.UTF_8));
  }

  Observation seen() {
    boolean held = session.isPresent();
    boolean released = !held && value.filter(LockValue::isReleased).isPresent();
    return new Observation.Seen(
        at,
        session,
        value.flatMap(LockValue::holder),
        held && value.filter(LockValue::isLive).isPresent(),
        released,
        released ? value.flatMap(LockValue::wish) : Optional.empty(),
        epoch,
        value.flatMap(LockValue::sign));
  }
}

package io.kneard.lock.consul;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.kneard.lock.Acquisition;
import io.kneard.lock.Sign;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * What this host has taken, or tries to, and the signs of life it leaves there.
 *
 * <p>From the moment before an acquisition is sent, each renewal gives a sign first. So none counts
 * that was sent after the lock was taken and does not show in it.
 */
final class Holding {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONFLICT = 409;

  /**
   * A session that may have the lock.
   *
   * @param live what the value says of the key
   * @param taken whether Consul has said that the session has it
   */
  record Claim(String session, boolean live, boolean taken) {}

  private final ConsulOptions options;
  private Optional<Claim> claim = Optional.empty();
  private long signs;

  Holding(ConsulOptions options) {
    this.options = options;
  }

  /** An acquisition is about to be sent; the value to be sent with it. */
  synchronized String begin(String session, boolean live) {
    boolean taken = of(session).filter(Claim::taken).isPresent();
    claim = Optional.of(new Claim(session, live, taken));
    return value(session, live);
  }

  /** The outcome of an acquisition. One that has no outcome may still succeed. */
  synchronized void end(String session, Acquisition outcome) {
    Optional<Claim> asked = of(session);
    if (outcome instanceof Acquisition.Acquired) {
      claim = asked.map(c -> new Claim(session, c.live(), true));
    } else if (!(outcome instanceof Acquisition.Unreachable)
        && !asked.map(Claim::taken).orElse(true)) {
      claim = Optional.empty();
    }
  }

  /** The session is about to be given up. */
  synchronized void end(String session) {
    if (of(session).isPresent()) {
      claim = Optional.empty();
    }
  }

  synchronized Optional<Claim> of(String session) {
    return claim.filter(c -> c.session().equals(session));
  }

  private synchronized String value(String session, boolean live) {
    signs++;
    Sign sign = new Sign(session + "/" + signs, options.timing().quietAfter());
    return LockValue.held(options.self(), live, sign).json();
  }

  /**
   * Writes a new sign if, and only if, the session has the lock.
   *
   * @return false if the session had the lock and has it no longer
   */
  boolean giveSign(Agent agent, Claim of, Duration bound) throws IOException {
    try {
      JsonNode answer = JSON.readTree(agent.put("/v1/txn", sign(of), bound).body());
      if (answer.path("Results").size() != 2) {
        throw new IOException("no answer to a transaction");
      }
      return true;
    } catch (Rejected e) {
      if (e.code != CONFLICT) {
        throw e;
      }
      boolean closed = says(e, "due to lock delay"); // after its session ended; asked first
      if (closed || says(e, "failed session check") || says(e, "failed to check session")) {
        return !of.taken();
      }
      boolean denied = says(e, "Permission denied");
      throw denied ? new Rejected(Rejected.FORBIDDEN, e.body, e.index) : e;
    }
  }

  private String sign(Claim of) {
    byte[] value = value(of.session(), of.live()).getBytes(StandardCharsets.UTF_8);
    ArrayNode steps = JSON.createArrayNode();
    for (String verb : new String[] {"check-session", "lock"}) {
      var step = steps.addObject().putObject("KV");
      step.put("Verb", verb).put("Key", options.key()).put("Session", of.session());
      if (verb.equals("lock")) {
        step.put("Value", Base64.getEncoder().encodeToString(value));
      }
    }
    return steps.toString();
  }

  /** A conflict's reason: a missing right is one too. */
  private static boolean says(Rejected conflict, String reason) throws IOException {
    for (JsonNode error : JSON.readTree(conflict.body).path("Errors")) {
      if (error.path("What").asText().contains(reason)) {
        return true;
      }
    }
    return false;
  }
}

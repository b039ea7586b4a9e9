package io.kneard.lock.consul;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.orbitz.consul.Consul;
import com.orbitz.consul.ConsulException;
import com.orbitz.consul.model.session.SessionInfo;
import com.orbitz.consul.option.ImmutablePutOptions;
import com.orbitz.consul.option.PutOptions;
import io.kneard.lock.Acquisition;
import io.kneard.lock.Candidates;
import io.kneard.lock.Ending;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.LeaderLock;
import io.kneard.lock.Observation;
import io.kneard.lock.Opening;
import io.kneard.lock.Renewal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The lock on a session of Consul: key {@code kneard-leader/<account>}.
 *
 * <p>An answer counts only for what it says in so many words: a proxy's page, a missing right or a
 * server without a leader never count as a renewal, nor as a loss.
 */
public final class ConsulLock implements LeaderLock {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;

  private final ConsulOptions options;
  private final Agents agents;
  private final Holding holding;

  /**
   * A lock that has asked nothing yet.
   *
   * @throws IOException with a sentence that names file and wish, if the token or the certificates
   *     cannot be used
   */
  public ConsulLock(ConsulOptions options) throws IOException {
    this.options = options;
    this.agents = new Agents(options);
    this.holding = new Holding(options);
  }

  /** A session is not asked for twice: the first request may have made one. */
  @Override
  public Opening open(boolean stands) {
    return agents.askOnce(
        (agent, bound) -> {
          try {
            String body = agent.put("/v1/session/create", session(stands), bound).body();
            String id = JSON.readTree(body).path("ID").asText();
            if (id.isEmpty()) {
              throw new IOException("no answer to a request for a session");
            }
            return new Opening.Opened(id);
          } catch (Rejected e) {
            if (e.body.contains("Invalid")) {
              return new Opening.Refused(agent.url + ": " + Agents.sentence(e));
            }
            throw e;
          }
        },
        silence ->
            silence.denied()
                ? new Opening.Refused(silence.why())
                : new Opening.Unreachable(silence.why()));
  }

  /** By hand: the client has no field for NodeChecks, and without it serfHealth is bound. */
  private String session(boolean stands) {
    ObjectNode session = JSON.createObjectNode();
    session.put("Name", SessionName.of(options.accountId(), options.self(), stands));
    session.put("TTL", options.timing().ttl().toMillis() + "ms");
    session.put("LockDelay", options.timing().lockDelay().toMillis() + "ms");
    session.put("Behavior", "release");
    var checks = session.putArray("NodeChecks");
    if (options.timing().nodeCheck()) {
      checks.add("serfHealth");
    }
    return session.toString();
  }

  /** A session that has lost the lock is of no more use: it ends by itself. */
  @Override
  public Renewal renew(String session) {
    Optional<Holding.Claim> claim = holding.of(session);
    return agents.ask(
        (agent, bound) -> {
          if (claim.isPresent() && !holding.giveSign(agent, claim.get(), bound)) {
            return new Renewal.Gone();
          }
          return renewed(agent, session, bound);
        },
        Renewal.Unreachable::new);
  }

  private static Renewal renewed(Agent agent, String session, Duration bound) throws IOException {
    try {
      String body = agent.put("/v1/session/renew/" + session, "", bound).body();
      if (JSON.readTree(body).path(0).path("ID").asText().equals(session)) {
        return new Renewal.Renewed();
      }
      throw new IOException("no answer to a renewal");
    } catch (Rejected e) {
      if (e.code == NOT_FOUND && e.body.contains(session)) {
        return new Renewal.Gone();
      }
      throw e;
    }
  }

  @Override
  public Acquisition acquire(String session, boolean live) {
    String value = holding.begin(session, live);
    PutOptions acquire = ImmutablePutOptions.builder().acquire(session).build();
    Acquisition outcome =
        agents.ask(
            (agent, bound) -> {
              try {
                return agent.ask(put(value, acquire), bound)
                    ? confirm(agent, session, bound)
                    : new Acquisition.Taken();
              } catch (ConsulException e) {
                if (isInvalid(session, e)) {
                  return new Acquisition.SessionGone();
                }
                throw e;
              }
            },
            Acquisition.Unreachable::new);
    holding.end(session, outcome);
    return outcome;
  }

  private Acquisition confirm(Agent agent, String session, Duration bound) throws IOException {
    LockEntry entry = LockEntry.read(agent, keyPath(), bound);
    return entry.session().equals(Optional.of(session))
        ? new Acquisition.Acquired(entry.epoch(), entry.index())
        : new Acquisition.Taken();
  }

  @Override
  public Ending release(String session, Optional<Handover> handover) {
    holding.end(session);
    String value = LockValue.released(options.self(), handover).json();
    PutOptions release = ImmutablePutOptions.builder().release(session).build();
    return agents.ask(
        (agent, bound) -> {
          try {
            agent.ask(put(value, release), bound);
          } catch (ConsulException e) {
            if (!isInvalid(session, e)) {
              throw e;
            }
          }
          return new Ending.Done();
        },
        Ending.Unreachable::new);
  }

  @Override
  public Ending destroy(String session) {
    holding.end(session);
    return agents.ask(
        (agent, bound) -> {
          agent.ask(client -> destroyed(client, session), bound);
          return new Ending.Done();
        },
        Ending.Unreachable::new);
  }

  @Override
  public Observation observe(long index, Duration wait) {
    return agents.ask(
        (agent, bound) ->
            index == 0
                ? LockEntry.read(agent, keyPath(), bound).seen()
                : LockEntry.await(agent, keyPath(), index, wait, bound).seen(),
        Observation.Unreachable::new);
  }

  private String keyPath() {
    return "/v1/kv/" + options.key();
  }

  @Override
  public Candidates candidates() {
    return agents.ask(
        (agent, bound) ->
            new Candidates.Found(
                agent.ask(client -> client.sessionClient().listSessions(), bound).stream()
                    .map(SessionInfo::getName)
                    .flatMap(Optional::stream)
                    .map(name -> SessionName.parse(options.accountId(), name))
                    .flatMap(Optional::stream)
                    .<Holder>map(Function.identity())
                    .distinct()
                    .toList()),
        Candidates.Unreachable::new);
  }

  private Agent.Call<Boolean> put(String value, PutOptions how) {
    return client -> client.keyValueClient().putValue(options.key(), value, 0L, how);
  }

  private static boolean destroyed(Consul client, String session) {
    client.sessionClient().destroySession(session);
    return true;
  }

  /** As Consul says it, of this very session. */
  private static boolean isInvalid(String session, ConsulException e) {
    String text = String.valueOf(e.getMessage());
    return e.getCode() == SERVER_ERROR
        && text.contains("invalid session")
        && text.contains(session);
  }

  @Override
  public void reload() {
    agents.reload();
  }

  @Override
  public void close() {
    agents.close();
  }
}

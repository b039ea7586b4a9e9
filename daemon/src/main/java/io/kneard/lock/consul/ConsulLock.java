package io.kneard.lock.consul;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.orbitz.consul.Consul;
import com.orbitz.consul.ConsulException;
import com.orbitz.consul.model.ConsulResponse;
import com.orbitz.consul.model.kv.Value;
import com.orbitz.consul.model.session.SessionInfo;
import com.orbitz.consul.option.ConsistencyMode;
import com.orbitz.consul.option.ImmutablePutOptions;
import com.orbitz.consul.option.ImmutableQueryOptions;
import com.orbitz.consul.option.PutOptions;
import com.orbitz.consul.option.QueryOptions;
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
import java.math.BigInteger;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The lock on a session of Consul: key {@code kneard-leader/<account>}. */
public final class ConsulLock implements LeaderLock {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType JSON_TYPE = MediaType.get("application/json");
  private static final String NEEDED_ACL =
      "the ACL token needs key_prefix \"kneard-leader/\" write and session_prefix \"\" write";
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final ConsulOptions options;
  private volatile List<Agent> agents;
  private volatile int first;
  private volatile boolean closed;

  public ConsulLock(ConsulOptions options) {
    this.options = options;
    this.agents = agents();
  }

  private List<Agent> agents() {
    Optional<String> token = options.tokenFile().flatMap(ConsulLock::readToken);
    return options.urls().stream().map(url -> new Agent(url, token, options.timeout())).toList();
  }

  private static Optional<String> readToken(java.nio.file.Path file) {
    try {
      String token = Files.readString(file).strip();
      return token.isEmpty() ? Optional.empty() : Optional.of(token);
    } catch (IOException e) {
      return Optional.empty(); // Consul's refusal says the rest; the settings were checked before
    }
  }

  /** A session is not asked for twice: the first request may have made one. */
  @Override
  public Opening open(boolean stands) {
    Agent agent = agents.get(first);
    Request.Builder request =
        new Request.Builder()
            .url(agent.url.resolve("/v1/session/create").toString())
            .put(RequestBody.create(session(stands).toString(), JSON_TYPE));
    options
        .tokenFile()
        .flatMap(ConsulLock::readToken)
        .ifPresent(token -> request.header("X-Consul-Token", token));
    try (Response response = agent.http.newCall(request.build()).execute()) {
      String body = Objects.requireNonNull(response.body()).string();
      if (response.isSuccessful()) {
        return new Opening.Opened(JSON.readTree(body).path("ID").asText());
      }
      String why = "Consul answered %d: %s".formatted(response.code(), oneLine(body));
      if (response.code() == FORBIDDEN) {
        return new Opening.Refused(why + "; " + NEEDED_ACL);
      }
      return body.contains("Invalid") ? new Opening.Refused(why) : unopened(why);
    } catch (IOException e) {
      return unopened(agent.url + ": " + e.getMessage());
    }
  }

  private Opening unopened(String why) {
    next();
    return new Opening.Unreachable(why);
  }

  /** By hand: the client has no field for NodeChecks, and without it serfHealth is bound. */
  private ObjectNode session(boolean stands) {
    ObjectNode session = JSON.createObjectNode();
    session.put("Name", SessionName.of(options.accountId(), options.self(), stands));
    session.put("TTL", options.timing().ttl().toMillis() + "ms");
    session.put("LockDelay", options.timing().lockDelay().toMillis() + "ms");
    session.put("Behavior", "release");
    var checks = session.putArray("NodeChecks");
    if (options.timing().nodeCheck()) {
      checks.add("serfHealth");
    }
    return session;
  }

  @Override
  public Renewal renew(String session) {
    return each(
        agent ->
            agent.asking.sessionClient().renewSession(session).isPresent()
                ? new Renewal.Renewed()
                : new Renewal.Gone(),
        e -> e.getCode() == NOT_FOUND ? Optional.of(new Renewal.Gone()) : Optional.empty(),
        Renewal.Unreachable::new);
  }

  @Override
  public Acquisition acquire(String session, boolean live) {
    String value = LockValue.held(options.self(), live).json();
    PutOptions put = ImmutablePutOptions.builder().acquire(session).build();
    return each(
        agent ->
            agent.asking.keyValueClient().putValue(options.key(), value, 0L, put)
                ? confirm(agent, session)
                : new Acquisition.Taken(),
        e ->
            String.valueOf(e.getMessage()).contains("invalid session")
                ? Optional.of(new Acquisition.SessionGone())
                : Optional.empty(),
        Acquisition.Unreachable::new);
  }

  private Acquisition confirm(Agent agent, String session) {
    ConsulResponse<List<Value>> response = read(agent.asking, now());
    return exact(response)
        .filter(value -> value.getSession().filter(session::equals).isPresent())
        .<Acquisition>map(
            value -> new Acquisition.Acquired(value.getLockIndex(), value.getModifyIndex()))
        .orElseGet(Acquisition.Taken::new);
  }

  @Override
  public Ending release(String session, Optional<Handover> handover) {
    String value = LockValue.released(options.self(), handover).json();
    PutOptions put = ImmutablePutOptions.builder().release(session).build();
    return each(
        agent -> {
          agent.asking.keyValueClient().putValue(options.key(), value, 0L, put);
          return new Ending.Done();
        },
        e ->
            String.valueOf(e.getMessage()).contains("invalid session")
                ? Optional.of(new Ending.Done())
                : Optional.empty(),
        Ending.Unreachable::new);
  }

  @Override
  public Ending destroy(String session) {
    return each(
        agent -> {
          agent.asking.sessionClient().destroySession(session);
          return new Ending.Done();
        },
        e -> Optional.empty(),
        Ending.Unreachable::new);
  }

  @Override
  public Observation observe(long index, Duration wait) {
    QueryOptions query =
        index == 0
            ? now()
            : QueryOptions.blockSeconds(
                    Math.toIntExact(wait.toSeconds()), BigInteger.valueOf(index))
                .consistencyMode(ConsistencyMode.CONSISTENT)
                .build();
    return each(
        agent -> seen(read(agent.watching, query)),
        e -> Optional.empty(),
        Observation.Unreachable::new);
  }

  private Observation seen(ConsulResponse<List<Value>> response) {
    long index = response.getIndex().longValue();
    Optional<Value> found = exact(response);
    Optional<String> session = found.flatMap(Value::getSession);
    Optional<LockValue> value = found.flatMap(Value::getValueAsString).flatMap(LockValue::parse);
    boolean released = session.isEmpty() && value.filter(LockValue::isReleased).isPresent();
    return new Observation.Seen(
        index,
        session,
        value.flatMap(LockValue::holder),
        session.isPresent() && value.filter(LockValue::isLive).isPresent(),
        released,
        released ? value.flatMap(LockValue::wish) : Optional.empty(),
        found.map(Value::getLockIndex).orElse(0L));
  }

  /** By prefix, because the client forgets the index of a key that is missing otherwise. */
  private ConsulResponse<List<Value>> read(Consul consul, QueryOptions query) {
    return consul.keyValueClient().getConsulResponseWithValues(options.key(), query);
  }

  private Optional<Value> exact(ConsulResponse<List<Value>> response) {
    return Optional.ofNullable(response.getResponse()).orElse(List.of()).stream()
        .filter(value -> value.getKey().equals(options.key()))
        .findFirst();
  }

  private static QueryOptions now() {
    return ImmutableQueryOptions.builder().consistencyMode(ConsistencyMode.CONSISTENT).build();
  }

  @Override
  public Candidates candidates() {
    return each(
        agent ->
            new Candidates.Found(
                agent.asking.sessionClient().listSessions().stream()
                    .map(SessionInfo::getName)
                    .flatMap(Optional::stream)
                    .map(name -> SessionName.parse(options.accountId(), name))
                    .flatMap(Optional::stream)
                    .<Holder>map(Function.identity())
                    .distinct()
                    .toList()),
        e -> Optional.empty(),
        Candidates.Unreachable::new);
  }

  /**
   * Asks the agents in turn, beginning with the one that answered last. Only for requests that may
   * be repeated.
   */
  private <T> T each(
      Function<Agent, T> request,
      Function<ConsulException, Optional<T>> meaning,
      Function<String, T> unreachable) {
    String why = "closed";
    List<Agent> all = agents;
    for (int i = 0; i < all.size() && !closed; i++) {
      Agent agent = all.get(first % all.size());
      try {
        return request.apply(agent);
      } catch (ConsulException e) {
        Optional<T> result = meaning.apply(e);
        if (result.isPresent()) {
          return result.get();
        }
        why = agent.url + ": " + oneLine(String.valueOf(e.getMessage()));
        if (e.getCode() == FORBIDDEN) {
          why += "; " + NEEDED_ACL;
          reload();
        }
        next();
      }
    }
    return unreachable.apply(why);
  }

  private void next() {
    first = (first + 1) % options.urls().size();
  }

  @Override
  public synchronized void reload() {
    if (!closed && options.tokenFile().isPresent()) {
      List<Agent> old = agents;
      agents = agents();
      old.forEach(Agent::close);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    agents.forEach(Agent::close);
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > 300 ? line.substring(0, 300) + "..." : line;
  }
}

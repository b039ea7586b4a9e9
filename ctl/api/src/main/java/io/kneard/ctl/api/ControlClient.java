package io.kneard.ctl.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Asks the daemon of this host. Every call opens a connection of its own, ends within its time and
 * leaves nothing open; the client has no state and is thread safe.
 *
 * <p>All calls throw {@link DaemonUnreachable} if nothing was asked, {@link ControlProblem} if the
 * daemon refused or failed, and {@link NoAnswer} if it cannot be known what it did.
 */
public final class ControlClient {
  /** For what the daemon answers from memory. */
  private static final Duration SHORT = Duration.ofSeconds(5);

  /** For what makes the daemon ask neard, Consul or the disk first. */
  private static final Duration LONG = Duration.ofSeconds(30);

  /** A handover itself is bounded by the daemon to 60 s. */
  private static final Duration HANDOVER = Duration.ofSeconds(90);

  /** Three times the pause between the empty lines of {@link Routes#EVENTS}, and some. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

  private final Path socket;
  private final Duration limit;

  /**
   * @param socket the daemon's control socket; it need not exist yet
   */
  public ControlClient(Path socket) {
    this(socket, null);
  }

  private ControlClient(Path socket, Duration limit) {
    this.socket = socket;
    this.limit = limit;
  }

  /**
   * The same client with one time-out for every call, in place of one that fits the call.
   *
   * @param limit from connecting to the end of the answer; for {@link #events} until its head, and
   *     then the longest silence
   */
  public ControlClient withTimeout(Duration limit) {
    return new ControlClient(socket, limit);
  }

  /** The socket that is asked. */
  public Path socket() {
    return socket;
  }

  /** What the daemon knows of itself. */
  public StatusReport status() throws ControlException {
    return call("GET", Routes.STATUS, null, StatusReport.class, SHORT, Answers::whole);
  }

  /** Who holds the leader lock. */
  public ActiveValidator activeValidator() throws ControlException {
    return call("GET", Routes.ACTIVE_VALIDATOR, null, ActiveValidator.class, LONG, a -> true);
  }

  /** How far the planned stop is. */
  public MaintenanceReport maintenance() throws ControlException {
    return maintenance("GET", null, SHORT);
  }

  /** Plans a stop; answers as soon as neard has taken the plan. */
  public MaintenanceReport planMaintenance(MaintenanceRequest request) throws ControlException {
    return maintenance("POST", request, LONG);
  }

  /** Undoes the plan; the answer says what was undone. */
  public MaintenanceReport cancelMaintenance() throws ControlException {
    return maintenance("DELETE", null, LONG);
  }

  private MaintenanceReport maintenance(String method, Object body, Duration time)
      throws ControlException {
    return call(method, Routes.MAINTENANCE, body, MaintenanceReport.class, time, Answers::whole);
  }

  /** Hands over to another host; answers once the handover has ended, well or not. */
  public SwitchoverReport switchover(SwitchoverRequest request) throws ControlException {
    return call(
        "POST", Routes.SWITCHOVER, request, SwitchoverReport.class, HANDOVER, Answers::whole);
  }

  /** Holds back promotions and planned demotions. */
  public StatusReport pause() throws ControlException {
    return call("POST", Routes.PAUSE, null, StatusReport.class, SHORT, Answers::whole);
  }

  /** Ends {@link #pause}. */
  public StatusReport resume() throws ControlException {
    return call("POST", Routes.RESUME, null, StatusReport.class, SHORT, Answers::whole);
  }

  /** Reads the settings again, as SIGHUP does. */
  public ReloadReport reload() throws ControlException {
    return call("POST", Routes.RELOAD, null, ReloadReport.class, LONG, Answers::whole);
  }

  /** Whether the host is fit to run. */
  public CheckReport check() throws ControlException {
    return call("GET", Routes.CHECK, null, CheckReport.class, LONG, Answers::whole);
  }

  /** State changes from now on, after the remembered ones; the caller closes the stream. */
  public EventStream events() throws ControlException {
    Deadline deadline = Deadline.in(limit == null ? SHORT : limit);
    UnixConnection connection = connect(deadline);
    try {
      HttpAnswer answer = exchange(connection, "GET", Routes.EVENTS, null);
      if (answer.status() != 200) {
        throw refusal(answer.status(), answer.wholeBody(MAX_BODY_BYTES));
      }
      return new EventStream(socket, connection, answer, limit == null ? SILENCE : limit);
    } catch (IOException e) {
      connection.close();
      throw known(e);
    }
  }

  /** The cluster's API. */
  public ClusterCalls cluster() {
    return new ClusterCalls(this);
  }

  /** Replicated volumes. */
  public MeshCalls mesh() {
    return new MeshCalls(this);
  }

  /** Asks about volumes; the daemon asks the database first. */
  <T> T mesh(String method, String path, Object body, Class<T> type) throws ControlException {
    return call(method, path, body, type, LONG, answer -> true);
  }

  /** Asks the cluster's API; the answer is what its envelope contains. */
  JsonNode core(String method, String path, Object body, Duration usual) throws ControlException {
    Deadline deadline = Deadline.in(limit == null ? usual : limit);
    try (UnixConnection connection = connect(deadline)) {
      HttpAnswer answer = exchange(connection, method, path, body);
      return Answers.metadata(answer.status(), answer.wholeBody(MAX_BODY_BYTES));
    } catch (IOException e) {
      throw known(e);
    }
  }

  private <T> T call(
      String method, String path, Object body, Class<T> type, Duration usual, Predicate<T> whole)
      throws ControlException {
    Deadline deadline = Deadline.in(limit == null ? usual : limit);
    try (UnixConnection connection = connect(deadline)) {
      HttpAnswer answer = exchange(connection, method, path, body);
      byte[] bytes = answer.wholeBody(MAX_BODY_BYTES);
      if (answer.status() != 200) {
        throw refusal(answer.status(), bytes);
      }
      return Answers.parse(bytes, type, whole);
    } catch (IOException e) {
      throw known(e);
    }
  }

  private UnixConnection connect(Deadline deadline) throws ControlException {
    try {
      return UnixConnection.open(socket, deadline);
    } catch (IOException e) {
      throw known(e);
    }
  }

  private static HttpAnswer exchange(
      UnixConnection connection, String method, String path, Object body) throws IOException {
    connection.send(request(method, path, body));
    return HttpAnswer.read(connection);
  }

  private static byte[] request(String method, String path, Object body)
      throws JsonProcessingException {
    String json = body == null ? "" : ControlJson.get().writeValueAsString(body);
    StringBuilder head =
        new StringBuilder(method)
            .append(' ')
            .append(path)
            .append(" HTTP/1.1\r\nHost: kneard\r\nConnection: close\r\n")
            .append("Accept: application/json\r\n");
    if (body != null) {
      head.append("Content-Type: application/json\r\n");
    }
    if (!method.equals("GET")) {
      int length = json.getBytes(StandardCharsets.UTF_8).length;
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    return head.append("\r\n").append(json).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ControlProblem refusal(int status, byte[] body) throws ProtocolException {
    if (status < 400) {
      throw new ProtocolException("HTTP status " + status);
    }
    return new ControlProblem(status, Answers.problem(status, body));
  }

  private ControlException known(IOException e) {
    return e instanceof ControlException known ? known : NoAnswer.broken(socket, e.getMessage(), e);
  }
}

package io.kneard.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.cluster.Caller.Access;
import io.kneard.ctl.api.ControlJson;
import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.ctl.api.cluster.Envelope;
import io.kneard.http.Answer;
import io.kneard.http.Call;
import io.kneard.http.Handler;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster's API in HTTP: who may call what, and the form of the answers. */
public final class CoreHandler implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(CoreHandler.class);
  private static final String JSON = "application/json";

  /** What a route does. */
  interface Action {
    /** Answers something to be written as JSON. */
    Object run(Asked asked) throws ClusterProblem;
  }

  /**
   * A request whose caller may make it.
   *
   * @param name what follows the route's path; empty if nothing does
   */
  record Asked(Call call, Caller caller, String name) {
    boolean force() {
      return call.query().matches("(.*&)?force=1(&.*)?");
    }

    <T> T body(Class<T> type) throws ClusterProblem {
      try {
        byte[] json = call.body().length == 0 ? new byte[] {'{', '}'} : call.body();
        T value = ControlJson.get().readValue(json, type);
        if (value == null) {
          throw ClusterProblem.wrong("body: a JSON object is wanted, not null");
        }
        return value;
      } catch (JsonProcessingException e) {
        throw ClusterProblem.wrong("body: " + type.getSimpleName() + " as JSON is wanted");
      } catch (IOException e) {
        throw ClusterProblem.wrong("body: " + e.getMessage());
      }
    }
  }

  /**
   * One path with one method.
   *
   * @param named whether a name follows the path
   */
  record Route(String method, String path, boolean named, Access access, Action action) {
    Optional<String> name(String asked) {
      if (!named) {
        return asked.equals(path) ? Optional.of("") : Optional.empty();
      }
      return asked.startsWith(path + "/") && asked.length() > path.length() + 1
          ? Optional.of(asked.substring(path.length() + 1))
          : Optional.empty();
    }
  }

  private final ClusterService service;
  private final boolean local;
  private final List<Route> routes;

  /**
   * For one door.
   *
   * @param local whether the callers are administrators of this host, who were checked at the door
   */
  public CoreHandler(ClusterService service, boolean local) {
    this.service = service;
    this.local = local;
    this.routes = CoreTable.routes(service);
  }

  @Override
  public Answer answer(Call call) {
    try {
      Optional<TrustStore> trust = service.running().map(it -> it.member.trust);
      Caller caller = Caller.of(call, local, trust, Instant.now());
      return ok(perform(call, caller));
    } catch (ClusterProblem e) {
      return refusal(e.status(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", call.method(), call.path(), e);
      return refusal(500, "a mistake in the daemon; its log has more");
    }
  }

  private Object perform(Call call, Caller caller) throws ClusterProblem {
    boolean known = false;
    for (Route route : routes) {
      Optional<String> name = route.name(call.path());
      known |= name.isPresent();
      if (name.isPresent() && route.method().equals(call.method())) {
        if (!caller.may(route.access())) {
          throw new ClusterProblem(403, refusal(route.access()));
        }
        if (service.stopping() && !route.path().equals(CoreRoutes.SERVER)) {
          throw ClusterProblem.unavailable("Daemon is shutting down");
        }
        return route.action().run(new Asked(call, caller, name.get()));
      }
    }
    throw known
        ? new ClusterProblem(501, "%s %s is not implemented".formatted(call.method(), call.path()))
        : new ClusterProblem(404, "no such path: " + call.path());
  }

  private static String refusal(Access access) {
    return access == Access.LOCAL
        ? "only through the control socket of the host"
        : "only with the certificate of a member that is trusted here";
  }

  @Override
  public Answer refusal(int status, String message) {
    return Answer.text(status, JSON, write(Envelope.error(status, message)));
  }

  private static Answer ok(Object metadata) {
    JsonNode json = ControlJson.get().valueToTree(metadata);
    return Answer.text(200, JSON, write(Envelope.of(json)));
  }

  private static String write(Envelope envelope) {
    try {
      return ControlJson.get().writeValueAsString(envelope) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer as JSON", e);
    }
  }
}

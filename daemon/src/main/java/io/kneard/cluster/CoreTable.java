package io.kneard.cluster;

import io.kneard.cluster.Caller.Access;
import io.kneard.cluster.CoreHandler.Asked;
import io.kneard.cluster.CoreHandler.Route;
import io.kneard.ctl.api.cluster.BackupReport;
import io.kneard.ctl.api.cluster.Control;
import io.kneard.ctl.api.cluster.CoreRoutes;
import io.kneard.ctl.api.cluster.KeyPairPut;
import io.kneard.ctl.api.cluster.TokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** All routes, each with who may use it. */
final class CoreTable {
  /** An answer with nothing in it. */
  private static final Map<String, String> NOTHING = Map.of();

  private CoreTable() {}

  static List<Route> routes(ClusterService service) {
    MemberActions members = new MemberActions(service);
    return List.of(
        route("GET", CoreRoutes.SERVER, Access.ANYONE, asked -> service.info()),
        route("GET", CoreRoutes.READY, Access.TRUSTED, asked -> ready(service)),
        route("GET", CoreRoutes.CLUSTER, Access.TRUSTED, asked -> service.list()),
        named("PUT", CoreRoutes.CERTIFICATES, asked -> certificate(service, asked)),
        named("DELETE", CoreRoutes.CLUSTER, asked -> remove(service, asked)),
        route("GET", CoreRoutes.TOKENS, Access.TRUSTED, asked -> tokens(service)),
        route("POST", CoreRoutes.TOKENS, Access.TRUSTED, asked -> token(service, asked)),
        named("DELETE", CoreRoutes.TOKENS, asked -> revoke(service, asked)),
        route("POST", CoreRoutes.CONTROL, Access.LOCAL, asked -> control(service, asked)),
        route("POST", CoreRoutes.SHUTDOWN, Access.LOCAL, asked -> shutdown(service)),
        route("GET", CoreRoutes.CONTROL_TOKENS, Access.LOCAL, asked -> tokens(service)),
        route("POST", CoreRoutes.CONTROL_TOKENS, Access.LOCAL, asked -> token(service, asked)),
        route("POST", CoreRoutes.BACKUP, Access.LOCAL, asked -> backup(service)),
        route("POST", CoreRoutes.RENEW, Access.LOCAL, asked -> members.renew()),
        route("POST", InternalRoutes.CLUSTER, Access.ANYONE, members::join),
        named("PUT", InternalRoutes.CLUSTER, members::reset),
        route("POST", InternalRoutes.HEARTBEAT, Access.TRUSTED, members::heartbeat),
        route(
            "POST", InternalRoutes.HEARTBEAT + "/begin", Access.TRUSTED, asked -> members.begin()),
        route("POST", InternalRoutes.NUDGE, Access.TRUSTED, asked -> nudge(service, asked)),
        route("POST", InternalRoutes.TRUST_STORE, Access.TRUSTED, members::trust),
        route("DELETE", InternalRoutes.TRUST_STORE, Access.TRUSTED, members::distrust),
        named("POST", InternalRoutes.HOOKS, members::hook),
        route("PATCH", InternalRoutes.DATABASE, Access.TRUSTED, asked -> members.versions()),
        route("GET", InternalRoutes.SQL, Access.TRUSTED, asked -> members.schema()),
        route("POST", InternalRoutes.SQL, Access.TRUSTED, members::sql));
  }

  private static Route route(String method, String path, Access access, CoreHandler.Action action) {
    return new Route(method, path, false, access, action);
  }

  private static Route named(String method, String path, CoreHandler.Action action) {
    return new Route(method, path, true, Access.TRUSTED, action);
  }

  private static Object ready(ClusterService service) throws ClusterProblem {
    service.requireReady();
    return NOTHING;
  }

  private static Object nudge(ClusterService service, Asked asked) throws ClusterProblem {
    Subject about = asked.body(InternalRoutes.Nudge.class).about();
    if (about == null) {
      throw ClusterProblem.wrong("about: one of " + List.of(Subject.values()));
    }
    service.nudged(about);
    return NOTHING;
  }

  private static Object remove(ClusterService service, Asked asked) throws ClusterProblem {
    service.member().removal.remove(asked.name(), asked.force());
    return NOTHING;
  }

  private static Object certificate(ClusterService service, Asked asked) throws ClusterProblem {
    if (asked.name().matches(".*(/|\\\\|\\.\\.).*")) {
      throw ClusterProblem.wrong("name '" + asked.name() + "': without /, \\ and ..");
    }
    return new CertificateChange(service.member().member)
        .take(asked.name(), asked.body(KeyPairPut.class), asked.caller().local());
  }

  private static Object tokens(ClusterService service) throws ClusterProblem {
    return service.member().admission.tokens(Instant.now());
  }

  private static Object token(ClusterService service, Asked asked) throws ClusterProblem {
    TokenRequest request = asked.body(TokenRequest.class);
    boolean usual = request.expireAfter() == null || request.expireAfter() == 0;
    Duration life = usual ? Admission.DEFAULT_LIFE : Duration.ofNanos(request.expireAfter());
    return service.member().admission.token(request.name(), life, Instant.now()).encode();
  }

  private static Object revoke(ClusterService service, Asked asked) throws ClusterProblem {
    service.member().admission.revoke(asked.name());
    return NOTHING;
  }

  private static Object control(ClusterService service, Asked asked) throws ClusterProblem {
    Control wish = asked.body(Control.class);
    boolean joins = wish.joinToken() != null && !wish.joinToken().isEmpty();
    if (wish.bootstrap() == joins) {
      throw ClusterProblem.wrong("either bootstrap or join_token is wanted");
    }
    String name = service.nameOr(wish.name());
    String address = service.addressOr(wish.address());
    if (joins) {
      service.join(wish.joinToken(), name, address);
    } else {
      service.bootstrap(name, address);
    }
    return NOTHING;
  }

  private static Object shutdown(ClusterService service) {
    service.shutdown();
    return NOTHING;
  }

  private static Object backup(ClusterService service) throws ClusterProblem {
    return new BackupReport(service.member().backup(Instant.now()).toString());
  }
}

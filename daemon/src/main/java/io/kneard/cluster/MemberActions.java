package io.kneard.cluster;

import io.kneard.cluster.CoreHandler.Asked;
import io.kneard.database.DatabaseState;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.dqlite.Row;
import io.kneard.dqlite.Value;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What members ask of each other. */
final class MemberActions {
  private static final Logger LOG = LoggerFactory.getLogger(MemberActions.class);
  private static final Map<String, String> NOTHING = Map.of();

  /** In the answer to a heartbeat: whether this member's database can be used. */
  static final String DATABASE = "database";

  static final String NOT_THERE = "not there";
  private static final Map<String, String> WITH_DATABASE = Map.of(DATABASE, "there");
  private static final Map<String, String> WITHOUT = Map.of(DATABASE, NOT_THERE);
  private static final int MOST_ROWS = 1000;

  private final ClusterService service;

  MemberActions(ClusterService service) {
    this.service = service;
  }

  Object join(Asked asked) throws ClusterProblem {
    return service
        .member()
        .admission
        .join(asked.body(JoinRequest.class), asked.caller().certificate(), Instant.now());
  }

  /** The answer goes out before this host forgets its certificates. */
  Object reset(Asked asked) throws ClusterProblem {
    if (!asked.name().equals(service.member().member.self.name())) {
      throw ClusterProblem.wrong("this is %s".formatted(service.member().member.self.name()));
    }
    Thread thread = new Thread(this::resetSoon, "cluster-reset");
    thread.setDaemon(true);
    thread.start();
    return NOTHING;
  }

  private void resetSoon() {
    try {
      Thread.sleep(200);
      service.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Object heartbeat(Asked asked) throws ClusterProblem {
    Membership member = service.member().member;
    Beat beat = asked.body(Beat.class);
    boolean fromLeader =
        beat.leaderAddress() != null
            && asked
                .caller()
                .member()
                .filter(sender -> sender.address().equals(beat.leaderAddress()))
                .isPresent();
    if (!fromLeader || !leads(member, beat.leaderAddress())) {
      throw new ClusterProblem(403, "Attempt to initiate heartbeat from non-leader");
    }
    List<TrustedMember> members = beat.clusterMembers();
    if (members == null || members.stream().noneMatch(m -> m.name().equals(member.self.name()))) {
      throw ClusterProblem.wrong("cluster_members: this member has to be among them");
    }
    service.member().update.heard(beat.maxSchemaInternal(), beat.maxSchemaExternal());
    try {
      if (member.trust.replace(members)) {
        member.trustChanged();
      }
    } catch (IOException e) {
      LOG.error("whom to trust could not be written: {}", e.getMessage());
    }
    DatabaseState state = member.database.state();
    boolean there = state instanceof DatabaseState.Online || state instanceof DatabaseState.Waiting;
    return there ? WITH_DATABASE : WITHOUT;
  }

  /** A node that has no vote does not know who leads, and believes whom it trusts. */
  private static boolean leads(Membership member, String address) {
    Optional<String> known = member.ownView();
    return known.isEmpty() || known.get().equals(NodeAddress.of(address));
  }

  Object begin() throws ClusterProblem {
    service.member().beginRound();
    return NOTHING;
  }

  Object trust(Asked asked) throws ClusterProblem {
    Membership member = service.member().member;
    try {
      member.trust.add(asked.body(TrustedMember.class));
      member.trustChanged();
    } catch (IOException e) {
      throw new ClusterProblem(500, e.getMessage());
    }
    return NOTHING;
  }

  Object distrust(Asked asked) throws ClusterProblem {
    Membership member = service.member().member;
    InternalRoutes.Named named = asked.body(InternalRoutes.Named.class);
    Admission.valid(named.name());
    try {
      member.trust.remove(named.name());
      member.trustChanged();
    } catch (IOException e) {
      throw new ClusterProblem(500, e.getMessage());
    }
    return NOTHING;
  }

  /** Nothing on this host stands against it; that it answers is what counts. */
  Object hook(Asked asked) throws ClusterProblem {
    if (!asked.name().equals(Removal.HOOK)) {
      throw new ClusterProblem(404, "no such hook: " + asked.name());
    }
    service.member();
    LOG.warn("this member is about to be removed from the cluster");
    return NOTHING;
  }

  Object versions() throws ClusterProblem {
    service.member().lookAtVersions();
    return NOTHING;
  }

  Object renew() throws ClusterProblem {
    return new CertificateChange(service.member().member).renew(Instant.now());
  }

  Object schema() throws ClusterProblem {
    return Map.of(
        "text", String.join(";\n", texts("SELECT sql FROM sqlite_master WHERE sql <> ''")));
  }

  private List<String> texts(String query) throws ClusterProblem {
    try {
      return service.member().member.database.read(session -> session.query(query)).stream()
          .map(row -> row.text(0))
          .toList();
    } catch (DatabaseUnavailable e) {
      throw DatabaseWords.problem(e);
    }
  }

  Object sql(Asked asked) throws ClusterProblem {
    String query = asked.body(InternalRoutes.Statement.class).query();
    if (query == null || query.isBlank()) {
      throw ClusterProblem.wrong("query: a statement is wanted");
    }
    try {
      return Map.of("Results", List.of(result(query.strip())));
    } catch (DatabaseUnavailable e) {
      throw DatabaseWords.problem(e);
    } catch (IllegalArgumentException e) {
      throw ClusterProblem.wrong("query: " + e.getMessage());
    }
  }

  private Map<String, Object> result(String query) throws ClusterProblem, DatabaseUnavailable {
    var database = service.member().member.database;
    if (!query.regionMatches(true, 0, "SELECT", 0, "SELECT".length())) {
      long rows = database.transaction(session -> session.execute(query).rowsAffected());
      return Map.of("type", "exec", "columns", List.of(), "rows", List.of(), "rows_affected", rows);
    }
    List<Row> found = database.read(session -> session.query(query));
    List<List<Object>> rows = new ArrayList<>();
    found.stream()
        .limit(MOST_ROWS)
        .forEach(row -> rows.add(row.values().stream().map(MemberActions::plain).toList()));
    List<String> columns = found.isEmpty() ? List.of() : found.get(0).columns();
    return Map.of("type", "select", "columns", columns, "rows", rows, "rows_affected", 0);
  }

  private static Object plain(Value value) {
    if (value instanceof Value.Whole whole) {
      return whole.value();
    } else if (value instanceof Value.Real real) {
      return real.value();
    } else if (value instanceof Value.Text text) {
      return text.value();
    } else if (value instanceof Value.Bool bool) {
      return bool.value();
    } else if (value instanceof Value.IsoTime time) {
      return time.value();
    } else if (value instanceof Value.UnixTime time) {
      return time.seconds();
    } else if (value instanceof Value.Blob blob) {
      return blob.value();
    }
    return "";
  }
}

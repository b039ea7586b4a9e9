package io.kneard.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.kneard.database.DatabaseState;
import io.kneard.database.DatabaseUnavailable;
import io.kneard.dqlite.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader's rounds: asks every member whether it is there, tells it whom to trust, writes down
 * who answered and which role the database has given to whom, and sees to the roles. Of one thread,
 * but for {@link #online}.
 */
final class Heartbeats {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

  /** For all members together. */
  static final Duration BOUND = Duration.ofSeconds(2);

  /** A single lost message is no reason to move a vote. */
  private static final int MISSES = 2;

  /** Who comes with a token that has expired is told so, for some time. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Membership member;
  private final RoleKeeper roles;
  private final SelfUpdate update;

  /** How often each did not answer, since it last did; of those that once did. */
  private final Map<String, Integer> misses = new ConcurrentHashMap<>();

  /** How often each answered that its database is not there, since it last was. */
  private final Map<String, Integer> lacks = new ConcurrentHashMap<>();

  private volatile boolean led;

  /** Whether a change of the roles is under way, and is looked at before the next round. */
  private boolean unsettled;

  private long lookAt;
  private long roundAt;

  /**
   * Nobody was asked yet.
   *
   * @param update told what the others are told: a leader does not ask itself
   */
  Heartbeats(Membership member, SelfUpdate update) {
    this.member = member;
    this.update = update;
    this.roles = new RoleKeeper(member);
  }

  /** A round is wanted now, such as for a member that has just joined. */
  void beginSoon(long now) {
    lookAt = now;
    roundAt = now;
  }

  /** Whether this member leads and asks the others, as it was when it looked last. */
  boolean leads() {
    return led;
  }

  /** Who has answered lately, as far as this member knows. */
  Map<String, Boolean> online(List<MemberRow> rows) {
    Map<String, Boolean> online = new TreeMap<>();
    for (MemberRow row : rows) {
      boolean self = row.name().equals(member.self.name());
      online.put(row.name(), self || misses.getOrDefault(row.name(), MISSES) < MISSES);
    }
    return online;
  }

  /** Does what is due; {@code now} in nanoseconds of a clock that only goes on. */
  void step(long now, Instant wall) {
    DatabaseState state = member.database.state();
    boolean waits = state instanceof DatabaseState.Waiting;
    if (now - lookAt < 0 || !(waits || state instanceof DatabaseState.Online)) {
      return;
    }
    Duration interval = member.settings.heartbeat();
    boolean leads = member.leads();
    boolean fresh = leads && !led;
    led = leads;
    lookAt = now + Math.min(interval.dividedBy(4).toNanos(), BOUND.toNanos());
    if (!leads) {
      misses.clear();
      lacks.clear();
      return;
    }
    try {
      if (fresh || now - roundAt >= 0) {
        roundAt = now + interval.toNanos();
        List<MemberRow> rows = member.rows();
        Set<String> answered = round(rows, wall, fresh);
        if (!waits) {
          settle(answered, rows, wall);
        }
      } else if (unsettled && !waits) {
        settle(Set.of(), member.rows(), wall);
      }
    } catch (DatabaseUnavailable | ClusterProblem e) {
      LOG.warn("heartbeat: {}", e.getMessage());
    }
  }

  /**
   * Asks all once, also while an upgrade is waited for: those who are behind hear of it so. What is
   * written is for later then.
   *
   * @param all also those whom the leader before has asked just now
   * @return who has answered
   */
  private Set<String> round(List<MemberRow> rows, Instant wall, boolean all) {
    List<MemberRow> due =
        rows.stream()
            .filter(row -> !row.name().equals(member.self.name()))
            .filter(row -> all || isDue(row.heartbeat(), wall, member.settings.heartbeat()))
            .toList();
    Set<String> answered = beat(rows, due);
    for (MemberRow row : due) {
      if (answered.contains(row.name())) {
        misses.put(row.name(), 0);
      } else if (misses.containsKey(row.name())) {
        int missed = misses.merge(row.name(), 1, Integer::sum);
        if (missed == 1) {
          LOG.warn("{} at {} does not answer", row.name(), row.address());
        }
      }
    }
    Set<String> names = rows.stream().map(MemberRow::name).collect(Collectors.toSet());
    misses.keySet().retainAll(names);
    lacks.keySet().retainAll(names);
    return answered;
  }

  private void settle(Set<String> answered, List<MemberRow> rows, Instant wall)
      throws DatabaseUnavailable, ClusterProblem {
    Map<String, Boolean> able = online(rows);
    able.replaceAll((name, online) -> online && lacks.getOrDefault(name, 0) < MISSES);
    unsettled = !roles.adjust(able);
    write(answered, roles.members(), wall);
  }

  /**
   * A member that was asked less than one interval ago is not asked again. A time to come is that
   * of a clock that was wrong, and counts for nothing.
   */
  static boolean isDue(Optional<Instant> last, Instant wall, Duration interval) {
    Duration slack = interval.dividedBy(10);
    Optional<Duration> ago = last.map(then -> Duration.between(then, wall));
    return ago.isEmpty()
        || ago.get().isNegative()
        || ago.get().compareTo(interval.minus(slack)) >= 0;
  }

  private Set<String> beat(List<MemberRow> rows, List<MemberRow> due) {
    Beat beat =
        new Beat(
            member.self.address(),
            rows.stream().mapToInt(row -> row.versions().internal()).max().orElse(0),
            rows.stream().mapToInt(row -> row.versions().external()).max().orElse(0),
            rows.stream().map(MemberRow::trusted).toList());
    update.heard(beat.maxSchemaInternal(), beat.maxSchemaExternal());
    Map<String, ClusterClient.Question> questions = new TreeMap<>();
    due.forEach(
        row ->
            questions.put(
                row.name(),
                new ClusterClient.Question(row.address(), "POST", InternalRoutes.HEARTBEAT, beat)));
    Map<String, JsonNode> answers = member.client().answers(questions, BOUND);
    answers.forEach(
        (name, answer) ->
            lacks.put(name, hasDatabase(answer) ? 0 : lacks.getOrDefault(name, 0) + 1));
    Set<String> answered = new HashSet<>(answers.keySet());
    answered.add(member.self.name());
    return answered;
  }

  /** A daemon that lives is not enough for a vote. */
  private static boolean hasDatabase(JsonNode answer) {
    return !answer.path(MemberActions.DATABASE).asText("").equals(MemberActions.NOT_THERE);
  }

  private void write(Set<String> answered, List<Member> nodes, Instant wall)
      throws DatabaseUnavailable {
    List<String> names = new ArrayList<>(answered);
    member.database.transaction(
        session -> {
          for (String name : names) {
            ClusterTables.heartbeat(session, name, wall);
          }
          for (Member node : nodes) {
            ClusterTables.role(session, node.id(), Roles.text(node.role()));
          }
          TokenTable.removeExpired(session, wall.minus(REMEMBERED));
          return true;
        });
  }
}

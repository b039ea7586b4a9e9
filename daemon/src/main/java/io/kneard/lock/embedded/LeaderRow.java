package io.kneard.lock.embedded;

import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Row;
import io.kneard.dqlite.Session;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.Observation;
import io.kneard.lock.Sign;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The lock of one account.
 *
 * @param revision raised with each change
 * @param session empty if it is free
 * @param holder who took it last; empty if nobody ever did
 * @param sign the last sign of life of whoever held it last
 */
public record LeaderRow(
    long epoch,
    long revision,
    String session,
    Optional<Holder> holder,
    boolean live,
    boolean released,
    Optional<Handover> handover,
    Optional<Sign> sign) {
  /** The index of a lock that has no row. */
  public static final long MISSING = 1;

  /** As {@link #of} reads them. */
  static final String COLUMNS =
      "epoch, revision, session, host, node, live, released, handover_node, handover_millis, sign,"
          + " quiet_millis";

  /** The row; empty if there is none. */
  static Optional<LeaderRow> find(Session session, String account) throws DqliteException {
    List<Row> rows =
        session.query("SELECT " + COLUMNS + " FROM lock_leader WHERE account = ?", account);
    return rows.stream().findFirst().map(LeaderRow::of);
  }

  static LeaderRow of(Row row) {
    String node = row.text(4);
    String wish = row.text(7);
    String sign = row.text(9);
    return new LeaderRow(
        row.whole(0),
        row.whole(1),
        row.text(2),
        node.isEmpty() ? Optional.empty() : Optional.of(new Holder(row.text(3), node)),
        row.bool(5),
        row.bool(6),
        wish.isEmpty()
            ? Optional.empty()
            : Optional.of(new Handover(wish, Duration.ofMillis(row.whole(8)))),
        sign.isEmpty()
            ? Optional.empty()
            : Optional.of(new Sign(sign, Duration.ofMillis(row.whole(10)))));
  }

  /** Whether no session has it. */
  public boolean free() {
    return session.isEmpty();
  }

  /**
   * A row that is made where there was none: free, and not to be taken before its sign was seen for
   * as long as it says, a whole TTL at least.
   */
  static LeaderRow made(Sign sign) {
    return new LeaderRow(
        0, MISSING + 1, "", Optional.empty(), false, false, Optional.empty(), Optional.of(sign));
  }

  /** The sign under which it was made, until it is taken or released. */
  Optional<Sign> made() {
    return free() && epoch == 0 && !released ? sign : Optional.empty();
  }

  Observation.Seen seen() {
    return new Observation.Seen(
        revision,
        free() ? Optional.empty() : Optional.of(session),
        holder,
        !free() && live,
        free() && released,
        free() && released ? handover : Optional.empty(),
        epoch,
        sign);
  }

  /** What is seen of a lock without a row. */
  static Observation.Seen nothing() {
    return new Observation.Seen(
        MISSING,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        0,
        Optional.empty());
  }
}

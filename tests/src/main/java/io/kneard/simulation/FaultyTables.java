package io.kneard.simulation;

import io.kneard.dqlite.DqliteException;
import io.kneard.lock.Handover;
import io.kneard.lock.Holder;
import io.kneard.lock.Sign;
import io.kneard.lock.embedded.LeaderRow;
import io.kneard.lock.embedded.LockPicture;
import io.kneard.lock.embedded.Tables;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tables that lack a measure.
 *
 * @param missing null for none
 * @param signsCount whether a free lock is waited with, by the last sign of life in it
 * @param lastSeen what the host saw of them last; null for nothing
 */
record FaultyTables(
    Tables tables, Mutant missing, boolean signsCount, Supplier<LockPicture> lastSeen)
    implements Tables {
  private static final LeaderRow FREE =
      new LeaderRow(
          0,
          LeaderRow.MISSING,
          "",
          Optional.empty(),
          false,
          false,
          Optional.empty(),
          Optional.empty());

  @Override
  public Optional<LeaderRow> leader() throws DqliteException {
    return signsCount ? row() : row().map(FaultyTables::withoutSign);
  }

  /** But for the sign of one that was made: that one belongs to the first line. */
  private static LeaderRow withoutSign(LeaderRow row) {
    boolean made = row.free() && row.epoch() == 0 && !row.released();
    return new LeaderRow(
        row.epoch(),
        row.revision(),
        row.session(),
        row.holder(),
        row.live(),
        row.released(),
        row.handover(),
        made ? row.sign() : Optional.empty());
  }

  private Optional<LeaderRow> row() throws DqliteException {
    LockPicture last = lastSeen.get();
    if (missing == Mutant.TAKEN_UNCOMPARED && last != null) {
      return last.row();
    }
    Optional<LeaderRow> row = tables.leader();
    boolean never = row.isEmpty() || row.get().epoch() == 0;
    return missing == Mutant.MISSING_ROW_NOT_WATCHED && never ? Optional.of(FREE) : row;
  }

  @Override
  public boolean removeSession(String id, long beat) throws DqliteException {
    if (missing == Mutant.ENDED_UNCOMPARED) {
      tables.removeSession(id);
      return true;
    }
    return tables.removeSession(id, beat);
  }

  @Override
  public boolean sign(String id, Sign sign) throws DqliteException {
    return tables.sign(id, sign) || missing == Mutant.LOSS_UNNOTICED;
  }

  @Override
  public void addSession(String id, Holder self, boolean stands, Duration ttl)
      throws DqliteException {
    tables.addSession(id, self, stands, ttl);
  }

  @Override
  public boolean hasSession(String id) throws DqliteException {
    return tables.hasSession(id);
  }

  @Override
  public boolean beat(String id) throws DqliteException {
    return tables.beat(id);
  }

  @Override
  public void removeSession(String id) throws DqliteException {
    tables.removeSession(id);
  }

  @Override
  public void putLeader(LeaderRow row) throws DqliteException {
    tables.putLeader(row);
  }

  @Override
  public void release(String id, Optional<Handover> handover) throws DqliteException {
    tables.release(id, handover);
  }

  @Override
  public void free(String id) throws DqliteException {
    tables.free(id);
  }
}

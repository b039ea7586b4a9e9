package io.kneard.datamesh.agent;

import io.kneard.database.DatabaseUnavailable;
import io.kneard.datamesh.Report;
import io.kneard.datamesh.control.MeshStore;
import io.kneard.datamesh.control.MeshStore.ReportOf;
import io.kneard.datamesh.control.Placed;
import io.kneard.datamesh.control.Said;
import io.kneard.drbd.Assignment;
import io.kneard.drbd.Reports;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports on their way to the database: the last one of each replica, all that wait in one
 * transaction. What the database has already is not written again.
 */
final class Outbox implements Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** Reports that are stored at once. */
  private static final int BATCH = 64;

  private final Runnable news;
  private final Map<String, ReportOf> waiting = new LinkedHashMap<>();
  private final Map<String, ReportOf> stored = new HashMap<>();

  /**
   * @param news is run when there is something to send; from the agent's threads
   */
  Outbox(Runnable news) {
    this.news = news;
  }

  @Override
  public void report(Assignment assignment, Report report) {
    synchronized (this) {
      ReportOf one =
          new ReportOf(
              assignment.volume(),
              assignment.deviceId(),
              new Said(report, assignment.gone(report)));
      if (one.equals(stored.get(one.volume()))) {
        waiting.remove(one.volume());
        return;
      }
      waiting.put(one.volume(), one);
    }
    news.run();
  }

  /** The database has this. */
  synchronized void known(Placed placed) {
    placed
        .said()
        .ifPresent(
            said ->
                stored.put(
                    placed.volume(),
                    new ReportOf(
                        placed.volume(), placed.document().disk(placed.place()).deviceId(), said)));
  }

  /** The replica is gone. */
  synchronized void forget(String volume) {
    waiting.remove(volume);
    stored.remove(volume);
  }

  /** Sends what waits; says whether there is more. */
  boolean send(MeshStore store, String node) throws DatabaseUnavailable {
    List<ReportOf> batch;
    synchronized (this) {
      batch = waiting.values().stream().limit(BATCH).toList();
    }
    if (batch.isEmpty()) {
      return false;
    }
    store.report(node, batch).forEach(why -> LOG.warn("{}", why));
    synchronized (this) {
      for (ReportOf one : new ArrayList<>(batch)) {
        stored.put(one.volume(), one);
        waiting.remove(one.volume(), one);
      }
      return !waiting.isEmpty();
    }
  }
}

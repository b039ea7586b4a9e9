package io.kneard.database;

import io.kneard.dqlite.DqliteClient;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.RequestFailed;
import io.kneard.dqlite.Session;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database and its state. For any number of threads; the state has one writer. */
public final class ClusterDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterDatabase.class);

  private final DqliteClient client;
  private final DqliteClient quick;
  private final Consumer<DatabaseState> listener;
  private final AtomicReference<DatabaseState> state =
      new AtomicReference<>(new DatabaseState.Starting());
  private volatile boolean open;

  /**
   * A database that is still starting.
   *
   * @param quick for what is better asked again than waited for
   * @param listener told of each change of state, by who makes it
   */
  public ClusterDatabase(
      DqliteClient client, DqliteClient quick, Consumer<DatabaseState> listener) {
    this.client = client;
    this.quick = quick;
    this.listener = listener;
  }

  /** How far it is. */
  public DatabaseState state() {
    return state.get();
  }

  /** Changes the state. */
  public void enter(DatabaseState next) {
    open = next instanceof DatabaseState.Online || next instanceof DatabaseState.Waiting;
    change(next);
  }

  /** It was online, and nobody leads it now; who asks quickly may find out that this is over. */
  public void enterLeaderless(String why) {
    change(new DatabaseState.Offline(why));
  }

  /** The one place where the state changes. */
  private void change(DatabaseState next) {
    DatabaseState before = state.getAndSet(next);
    if (!before.equals(next)) {
      LOG.info("{}", next.message());
      listener.accept(next);
    }
  }

  /**
   * Reads and writes as one transaction, once it is online. The work may run more than once, but
   * only if what it did before was undone.
   *
   * @throws DatabaseUnavailable with the state's message, or with what failed
   */
  public <T> T transaction(DqliteClient.Work<T> work) throws DatabaseUnavailable {
    require(Set.of("online"));
    return run(() -> client.transaction(work));
  }

  /** Reads, once it is online. */
  public <T> T read(DqliteClient.Work<T> work) throws DatabaseUnavailable {
    require(Set.of("online"));
    return run(() -> client.read(work));
  }

  /** A transaction that ends soon, one way or another; also during an upgrade. */
  public <T> T transactQuickly(DqliteClient.Work<T> work) throws DatabaseUnavailable {
    requireOpen();
    return run(() -> quick.transaction(work));
  }

  /** Reads, and gives up soon; also during an upgrade. */
  public <T> T readQuickly(DqliteClient.Work<T> work) throws DatabaseUnavailable {
    requireOpen();
    return run(() -> quick.read(work));
  }

  /** Reads what concerns members and versions, which is there during an upgrade too. */
  public <T> T readMembers(DqliteClient.Work<T> work) throws DatabaseUnavailable {
    require(Set.of("online", "waiting"));
    return run(() -> client.read(work));
  }

  /** Calls of the cluster's leader. */
  public <T> T leader(DqliteClient.ClusterWork<T> work) throws DatabaseUnavailable {
    require(Set.of("online", "waiting"));
    return run(() -> client.leader(work));
  }

  /** Makes a session's failure one that a caller is told. */
  private interface Call<T> {
    T run() throws DqliteException;
  }

  private void require(Set<String> words) throws DatabaseUnavailable {
    DatabaseState now = state();
    if (!words.contains(now.word())) {
      throw new DatabaseUnavailable(now.message(), null);
    }
  }

  private void requireOpen() throws DatabaseUnavailable {
    if (!open) {
      throw new DatabaseUnavailable(state().message(), null);
    }
  }

  private static <T> T run(Call<T> call) throws DatabaseUnavailable {
    try {
      return call.run();
    } catch (RequestFailed e) {
      throw new DatabaseUnavailable("the database refused: " + e.getMessage(), e);
    } catch (DqliteException e) {
      throw new DatabaseUnavailable("Database is offline: " + e.getMessage(), e);
    }
  }

  /** Whether there are no tables yet: this host has just founded the cluster. */
  public static boolean isNew(Session session) throws DqliteException {
    return Schema.isEmpty(session);
  }
}

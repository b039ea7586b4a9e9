package io.kneard.simulation;

import io.kneard.supervisor.Event;
import io.kneard.supervisor.NeardView;
import io.kneard.supervisor.Order;
import io.kneard.supervisor.Role;

/** What {@code NeardOrders} does, step by step: one thread for files, one for {@code /status}. */
final class NeardThreads implements FencedNeard.Listener {
  private static final long FENCE_ANSWERS = Times.SECOND;
  private static final long POLL = 2 * Times.MILLI;

  private final Daemon daemon;
  private final Host host;
  private final World world;
  private final Worker files;
  private final Worker status;
  private FencedNeard process;
  private boolean unwanted;
  private long deadlineTaken;

  NeardThreads(Daemon daemon) {
    this.daemon = daemon;
    this.host = daemon.host;
    this.world = daemon.world;
    this.files = new Worker(daemon);
    this.status = new Worker(daemon);
  }

  /** What the operator asked of neard's configuration is taken back. */
  void forgetPlannedStop() {
    host.plannedStop++;
  }

  void start(Order.StartNeard order) {
    unwanted = false;
    files.execute(
        () ->
            disk(
                () -> {
                  if (!prepare(order.role())) {
                    daemon.tell(new Event.NeardExited(-1, "neard was not started: disk full"));
                    files.done();
                    return;
                  }
                  disk(() -> daemon.at(Point.START_PREPARED, () -> spawn(order)));
                }));
  }

  private boolean prepare(Role role) {
    if (role == Role.STANDBY) {
      removeFile();
      return true;
    }
    return insertFile();
  }

  private void spawn(Order.StartNeard order) {
    process = new FencedNeard(daemon, order.role(), order.deadline(), this);
    if (unwanted) {
      process.kill("it was no longer wanted when it had started");
    }
    files.done();
  }

  void terminate(Order.TermNeard order) {
    unwanted = true;
    if (process != null) {
      process.terminate(order.killAt());
    }
  }

  void kill(Order.KillNeard order) {
    unwanted = true;
    if (process != null) {
      process.kill(order.why());
    }
  }

  void deadline(Order.SetDeadline order) {
    if (process != null && world.measures.keyHasADeadline()) {
      process.deadline(order.deadline());
    }
  }

  void insertKey(Order.InsertKey order) {
    FencedNeard target = process;
    files.execute(() -> requireDeadline(target, order.deadline(), daemon.uptime() + FENCE_ANSWERS));
  }

  private void requireDeadline(FencedNeard target, long deadline, long giveUp) {
    long now = daemon.uptime();
    if (deadlineTaken < deadline - deadline % Times.MILLI && world.measures.keyHasADeadline()) {
      if (now - giveUp >= 0) {
        insertFailed("the fence has not taken the deadline");
      } else {
        daemon.later(POLL, () -> requireDeadline(target, deadline, giveUp));
      }
    } else if (now - deadline >= 0) {
      insertFailed("the deadline passed before the key was put in place");
    } else {
      daemon.at(
          Point.KEY_INSERTING,
          () ->
              disk(
                  () -> {
                    if (insertFile()) {
                      disk(() -> daemon.at(Point.KEY_INSERTED, () -> inserted(target)));
                    } else {
                      insertFailed("disk full");
                    }
                  }));
    }
  }

  private void inserted(FencedNeard target) {
    if (target == null || target != process) {
      insertFailed("the process it was meant for has ended");
      return;
    }
    target.hangUp();
    daemon.tell(new Event.KeyInserted(daemon.uptime()));
    files.done();
  }

  private void insertFailed(String why) {
    daemon.tell(new Event.KeyInsertFailed(why));
    files.done();
  }

  void removeKey() {
    FencedNeard target = process;
    files.execute(
        () ->
            daemon.at(
                Point.KEY_REMOVING,
                () ->
                    disk(
                        () -> {
                          removeFile();
                          disk(() -> daemon.at(Point.KEY_REMOVED, () -> removed(target)));
                        })));
  }

  private void removed(FencedNeard target) {
    if (target == null || target != process) {
      daemon.tell(new Event.KeyRemoveFailed("the process it was meant for has ended"));
    } else {
      target.hangUp();
      daemon.tell(new Event.KeyRemoved(daemon.uptime()));
      world.measures.keyFileIsGone(daemon);
    }
    files.done();
  }

  void cleanSlot() {
    files.execute(
        () ->
            disk(
                () -> {
                  removeFile();
                  files.done();
                }));
  }

  private boolean insertFile() {
    if (host.has(FaultKind.DISK_FULL)) {
      return false;
    }
    host.keyFile = true;
    return true;
  }

  private void removeFile() {
    if (world.measures.keyFileIsRemoved()) {
      host.keyFile = false;
    }
  }

  private void disk(Runnable then) {
    daemon.later(
        host.until(FaultKind.DISK_STALLS) + world.chance.between(50 * Times.MICRO, 3 * Times.MILLI),
        then);
  }

  void askStatus() {
    status.execute(
        () -> {
          long askedAt = daemon.uptime();
          daemon.at(Point.STATUS_ASKED, () -> ask(askedAt));
        });
  }

  private void ask(long askedAt) {
    long timeout = world.setup.statusTimeout();
    long way = answerTime();
    long back = answerTime();
    Neard neard = host.listening();
    if (neard == null) {
      daemon.later(Times.MILLI, () -> silent("connection refused"));
    } else if (neard.stopped() || host.has(FaultKind.NEARD_HANGS) || way + back > timeout) {
      daemon.later(timeout, () -> silent("no answer"));
    } else {
      daemon.later(
          way,
          () -> {
            NeardView view = neard.view();
            daemon.later(back, () -> answered(askedAt, view));
          });
    }
  }

  private long answerTime() {
    return host.has(FaultKind.NEARD_SLOW)
        ? world.chance.between(0, 3 * Times.SECOND / 2)
        : world.chance.between(100 * Times.MICRO, 2 * Times.MILLI);
  }

  private void answered(long askedAt, NeardView view) {
    daemon.tell(new Event.StatusOk(askedAt, world.measures.viewed(view)));
    status.done();
  }

  private void silent(String why) {
    daemon.tell(new Event.StatusFailed(why));
    status.done();
  }

  void close() {
    if (process != null) {
      process.kill("the daemon ends");
    }
  }

  /** The operating system closes the daemon's pipes. */
  void vanish() {
    if (process != null) {
      process.close();
    }
  }

  @Override
  public void started() {
    daemon.tell(new Event.NeardStarted(1));
  }

  @Override
  public void deadlineTaken(long deadline) {
    deadlineTaken = deadline;
    daemon.tell(new Event.DeadlineTaken(deadline));
  }

  @Override
  public void exited(int code, String why) {
    daemon.tell(new Event.NeardExited(code, why));
  }
}

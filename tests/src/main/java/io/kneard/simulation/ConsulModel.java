package io.kneard.simulation;

import io.kneard.lock.Handover;
import io.kneard.lock.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;

/**
 * Consul's sessions and the leader key, as measured. One place, one order of things: its reads are
 * the consistent ones. {@code ConsulModelIT} plays the same requests to it and to a real Consul.
 */
final class ConsulModel implements LockStore {

  /** What a request to take or give back the key is answered. */
  enum Answer {
    YES,
    NO,
    INVALID_SESSION
  }

  /** The value of the key. */
  record Value(
      String nodeId,
      boolean live,
      boolean released,
      Optional<Handover> handover,
      Optional<Sign> sign) {}

  /**
   * The key as read.
   *
   * @param session the session that holds it; null if none
   * @param value null if the key is not there
   */
  record Reading(long index, String session, long lockIndex, long modifyIndex, Value value) {}

  /**
   * How a session is made.
   *
   * @param onAgentsNode whether it ends when the agent it was made through leaves the cluster
   * @param checked whether a failing check of that agent's node invalidates it
   */
  record Terms(long ttl, long lockDelay, boolean onAgentsNode, boolean checked) {}

  private static final class Session {
    final String id;
    final Host owner;
    final Terms terms;
    long expiresAt;

    Session(String id, Host owner, Terms terms) {
      this.id = id;
      this.owner = owner;
      this.terms = terms;
    }
  }

  private record Waiter(long number, long above, Consumer<Reading> answer) {}

  private final Timeline time;
  private final LongUnaryOperator expiry;
  private final Runnable moved;
  private final List<Session> sessions = new ArrayList<>();
  private final List<Waiter> waiters = new ArrayList<>();
  private long index = 10;
  private long names;
  private boolean leads = true;

  private Value value;
  private String holder;
  private Host holderHost;
  private long lockIndex;
  private long modifyIndex;
  private long closedUntil;

  /**
   * A store without any session or key.
   *
   * @param expiry when a session of that TTL expires that is not renewed any more: measured is
   *     twice, promised is once
   * @param moved is told when the key changes hands
   */
  ConsulModel(Timeline time, LongUnaryOperator expiry, Runnable moved) {
    this.time = time;
    this.expiry = expiry;
    this.moved = moved;
  }

  String create(Host owner, Terms terms) {
    Session session = new Session("s" + ++names, owner, terms);
    index++;
    sessions.add(session);
    restart(session);
    watch(session);
    return session.id;
  }

  private void restart(Session session) {
    session.expiresAt = time.now() + expiry.applyAsLong(session.terms.ttl());
  }

  private void watch(Session session) {
    time.at(
        session.expiresAt,
        null,
        () -> {
          if (sessions.contains(session)) {
            if (leads && time.now() >= session.expiresAt) {
              invalidate(session);
            } else {
              session.expiresAt = Math.max(session.expiresAt, time.now() + Times.SECOND);
              watch(session);
            }
          }
        });
  }

  boolean renew(String id) {
    Session session = find(id);
    if (session != null) {
      restart(session);
    }
    return session != null;
  }

  /** While the key is closed Consul does not even look whether there is such a session. */
  Answer acquire(String id, Value with) {
    if (time.now() < closedUntil) {
      return Answer.NO;
    }
    Session session = find(id);
    if (session == null) {
      return Answer.INVALID_SESSION;
    }
    boolean again = id.equals(holder);
    if (!again && holder != null) {
      return Answer.NO;
    }
    if (!again) {
      lockIndex++;
      holder = id;
      holderHost = session.owner;
    }
    write(with);
    return Answer.YES;
  }

  /** Writes the value if, and only if, the session has the key. */
  boolean sign(String id, Value with) {
    boolean has = id.equals(holder);
    if (has) {
      write(with);
    }
    return has;
  }

  Answer release(String id, Value with) {
    if (find(id) == null) {
      return Answer.INVALID_SESSION;
    }
    if (!id.equals(holder)) {
      return Answer.NO;
    }
    holder = null;
    write(with);
    return Answer.YES;
  }

  void destroy(String id) {
    Session session = find(id);
    if (session != null) {
      invalidate(session);
    }
  }

  /** The host's agent left the cluster in order: the sessions of its node go with it. */
  @Override
  public void nodeLeft(Host host) {
    invalidateAll(session -> session.owner == host && session.terms.onAgentsNode());
  }

  /** The check of the host's node has failed. */
  @Override
  public void nodeFailed(Host host) {
    invalidateAll(session -> session.owner == host && session.terms.checked());
  }

  private void invalidateAll(Predicate<Session> which) {
    sessions.stream().filter(which).toList().forEach(this::invalidate);
  }

  private void invalidate(Session session) {
    sessions.remove(session);
    index++;
    if (session.id.equals(holder)) {
      holder = null;
      if (session.terms.lockDelay() > 0) {
        closedUntil = time.now() + session.terms.lockDelay();
      }
      write(value);
    }
  }

  private void write(Value with) {
    value = with;
    modifyIndex = ++index;
    moved.run();
    wake();
  }

  Reading read() {
    return new Reading(Math.max(modifyIndex, 1), holder, lockIndex, modifyIndex, value);
  }

  /** Answers once the key's index is above the given one, or after a while. */
  void await(long above, long wait, Consumer<Reading> answer) {
    if (modifyIndex > above) {
      answer.accept(read());
      return;
    }
    Waiter waiter = new Waiter(++names, above, answer);
    waiters.add(waiter);
    time.at(
        time.now() + wait,
        null,
        () -> {
          if (waiters.removeIf(each -> each.number() == waiter.number())) {
            answer.accept(read());
          }
        });
  }

  private void wake() {
    for (int i = waiters.size() - 1; i >= 0; i--) {
      Waiter waiter = waiters.get(i);
      if (modifyIndex > waiter.above()) {
        waiters.remove(i);
        waiter.answer().accept(read());
      }
    }
  }

  @Override
  public boolean leads() {
    return leads;
  }

  /** The cluster loses its leader; who waits is answered 500, here null. */
  @Override
  public void loseLeader() {
    leads = false;
    List<Waiter> all = List.copyOf(waiters);
    waiters.clear();
    for (Waiter waiter : all) {
      waiter.answer().accept(null);
    }
  }

  /** A new leader starts every session's timer afresh. */
  @Override
  public void electLeader() {
    leads = true;
    sessions.forEach(this::restart);
  }

  private Session find(String id) {
    for (Session session : sessions) {
      if (session.id.equals(id)) {
        return session;
      }
    }
    return null;
  }

  /** Whose session holds the key; null if nobody's. */
  @Override
  public Host holder() {
    return holder == null ? null : holderHost;
  }

  /** Its servers are on no host. */
  @Override
  public void changed() {}

  @Override
  public void setBack() {
    throw new IllegalStateException("Consul is not set back");
  }

  @Override
  public void forget(boolean all) {
    throw new IllegalStateException("not modelled");
  }

  @Override
  public void deleteSessions(Optional<Host> of) {
    throw new IllegalStateException("not modelled");
  }
}

package io.kneard.simulation;

import java.util.Optional;

/** What keeps the lock, as the faults and the checker see it. */
interface LockStore {
  /** Whose session has the lock; null if nobody's. */
  Host holder();

  /** Whether it has a leader. */
  boolean leads();

  /** It loses its leader. */
  void loseLeader();

  /** It may choose another one. */
  void electLeader();

  /** What a host has of the store left it in order. */
  void nodeLeft(Host host);

  /** The store's check of a host's node has failed. */
  void nodeFailed(Host host);

  /** What runs, or what joins the hosts, may have changed. */
  void changed();

  /** Somebody makes it forget the lock, or the lock and all sessions. */
  void forget(boolean all);

  /** Somebody deletes the sessions of a host, or all, and leaves the lock alone. */
  void deleteSessions(Optional<Host> of);

  /** Somebody puts back what it was at some earlier time. */
  void setBack();
}

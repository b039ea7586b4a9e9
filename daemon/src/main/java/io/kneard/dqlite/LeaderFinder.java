package io.kneard.dqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the node that leads. Asks the one that led last and the node of this host, and, if neither
 * knows, those they named before; a node counts as leader only by its own word. One that led and
 * did not answer any more is asked last, unless another names it.
 */
final class LeaderFinder {
  /** For one node; the next one may know. */
  private static final Duration ONE_NODE = Duration.ofSeconds(2);

  private final Path socket;
  private final String ownAddress;
  private final Object change = new Object();
  private Optional<String> lastLeader = Optional.empty();
  private Optional<String> silent = Optional.empty();
  private List<String> others = List.of();
  private List<String> named = List.of();

  LeaderFinder(Path socket, String ownAddress) {
    this.socket = socket;
    this.ownAddress = ownAddress;
  }

  /**
   * Connects to the leader.
   *
   * @throws NodeUnreachable if no node leads or knows who does, with what each said
   */
  Connection find(Deadline deadline) throws NodeUnreachable {
    Set<String> asked = new LinkedHashSet<>();
    List<String> said = new ArrayList<>();
    List<String> next = candidates();
    for (int i = 0; i < next.size() && !deadline.passed(); i++) {
      String address = next.get(i);
      if (asked.add(address)) {
        try {
          Connection connection = Connection.connect(socket, address, timeFor(address, deadline));
          Optional<String> leader = ask(connection);
          if (leader.filter(address::equals).isPresent()) {
            remember(address);
            return connection;
          }
          connection.close();
          leader.ifPresent(it -> next.add(nextIndex(next, address), it));
          said.add(address + " says " + leader.map(it -> it + " leads").orElse("nobody leads"));
        } catch (DqliteException e) {
          said.add(e.getMessage());
          doubt(address);
        }
      }
    }
    throw new NodeUnreachable("no leader: " + String.join("; ", said), null);
  }

  /** The node may be gone: a connection to it broke, or had no answer. */
  void doubt(String address) {
    synchronized (change) {
      if (lastLeader.equals(Optional.of(address))) {
        lastLeader = Optional.empty();
        silent = Optional.of(address);
      }
    }
  }

  /** One that is probably gone must leave some time for asking the others again. */
  private Duration timeFor(String address, Deadline deadline) {
    Duration time = deadline.orAfter(ONE_NODE).remaining();
    synchronized (change) {
      return silent.equals(Optional.of(address)) ? time.dividedBy(2) : time;
    }
  }

  /** Nodes to ask when nobody else knows. */
  void know(List<String> addresses) {
    synchronized (change) {
      named = List.copyOf(addresses);
    }
  }

  private static int nextIndex(List<String> list, String element) {
    return list.indexOf(element) + 1;
  }

  private List<String> candidates() {
    synchronized (change) {
      List<String> all = new ArrayList<>();
      lastLeader.ifPresent(all::add);
      all.add(ownAddress);
      all.addAll(others);
      all.addAll(named);
      if (silent.isPresent() && all.removeIf(silent.get()::equals)) {
        all.add(silent.get());
      }
      return all;
    }
  }

  private Optional<String> ask(Connection connection) throws DqliteException {
    try {
      Optional<String> leader = connection.cluster().leader();
      List<Member> members = connection.cluster().members();
      if (!members.isEmpty()) {
        // Voters first: the others do not know who leads.
        synchronized (change) {
          others =
              members.stream()
                  .sorted((one, other) -> one.role().compareTo(other.role()))
                  .map(Member::address)
                  .toList();
        }
      }
      return leader;
    } catch (DqliteException e) {
      connection.close();
      throw e;
    }
  }

  private void remember(String leader) {
    synchronized (change) {
      lastLeader = Optional.of(leader);
      silent = Optional.empty();
    }
  }
}

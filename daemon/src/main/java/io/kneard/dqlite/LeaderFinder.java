package io.kneard.dqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the node that leads. Asks the node of this host, and if it does not know, the one that led
 * last and those they named before; a node counts as leader only by its own word.
 *
 * <p>To ask another node costs both hosts a TLS handshake, and many may ask when nobody leads,
 * which is when the nodes need their processors for an election. So another node is not asked twice
 * at once, and seldom at all while this host's own node has a vote and waits for a leader as well.
 * One that led and did not answer any more is asked last, unless another names it.
 */
final class LeaderFinder {
  /** For one node; the next one may know. */
  private static final Duration ONE_NODE = Duration.ofSeconds(2);

  /** For one that does not lead, or does not answer. */
  private static final Duration NOT_AGAIN_WITHIN = Duration.ofMillis(250);

  /** This host's node may have lost its vote without hearing of it. */
  private static final Duration DOUBT_OWN_EVERY = Duration.ofSeconds(1);

  private final Path socket;
  private final String ownAddress;
  private final Object change = new Object();
  private Optional<String> lastLeader = Optional.empty();
  private Optional<String> silent = Optional.empty();
  private List<String> others = List.of();
  private List<String> named = List.of();
  private final Map<String, Deadline> resting = new HashMap<>();
  private boolean ownVotes;
  private Deadline ownTrusted = Deadline.after(Duration.ZERO);

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
      if (asked.add(address) && !rests(address)) {
        try {
          Connection connection = Connection.connect(socket, address, timeFor(address, deadline));
          Optional<String> leader = ask(connection);
          if (leader.filter(address::equals).isPresent()) {
            remember(address);
            return connection;
          }
          connection.close();
          rest(address);
          leader.ifPresent(it -> next.add(nextIndex(next, address), it));
          said.add(address + " says " + leader.map(it -> it + " leads").orElse("nobody leads"));
          if (address.equals(ownAddress) && leader.isEmpty() && isOwnTrusted()) {
            break;
          }
        } catch (DqliteException e) {
          said.add(e.getMessage());
          rest(address);
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

  private void rest(String address) {
    synchronized (change) {
      resting.put(address, Deadline.after(NOT_AGAIN_WITHIN));
    }
  }

  private boolean rests(String address) {
    synchronized (change) {
      Deadline until = resting.get(address);
      return !address.equals(ownAddress) && until != null && !until.passed();
    }
  }

  /** Whether that this host's node knows no leader means that there is none. */
  private boolean isOwnTrusted() {
    synchronized (change) {
      if (ownVotes && !ownTrusted.passed()) {
        return true;
      }
      ownTrusted = Deadline.after(DOUBT_OWN_EVERY);
      return false;
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
      all.add(ownAddress);
      lastLeader.ifPresent(all::add);
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
        remember(connection.address(), members);
      }
      return leader;
    } catch (DqliteException e) {
      connection.close();
      throw e;
    }
  }

  private void remember(String asked, List<Member> members) {
    synchronized (change) {
      // Voters first: the others do not know who leads.
      others =
          members.stream()
              .sorted((one, other) -> one.role().compareTo(other.role()))
              .map(Member::address)
              .toList();
      if (asked.equals(ownAddress)) {
        ownVotes =
            members.stream()
                .anyMatch(it -> it.address().equals(ownAddress) && it.role() == Role.VOTER);
      }
    }
  }

  private void remember(String leader) {
    synchronized (change) {
      lastLeader = Optional.of(leader);
      silent = Optional.empty();
      resting.clear();
    }
  }
}

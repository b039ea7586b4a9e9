package io.kneard.dqlite;

import io.kneard.dqlite.wire.MalformedMessage;
import io.kneard.dqlite.wire.MessageReader;
import io.kneard.dqlite.wire.MessageWriter;
import io.kneard.dqlite.wire.Request;
import io.kneard.dqlite.wire.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls about the cluster and its nodes, over one connection. */
public final class NodeCalls {
  /** The only formats known; the library ends its process at any other. */
  private static final long DESCRIBE_FORMAT = 0;

  private static final long MEMBERS_WITH_ROLES = 1;

  private final Conversation node;

  NodeCalls(Conversation node) {
    this.node = node;
  }

  /** Who leads, as far as this node knows; only voters know. */
  public Optional<String> leader() throws DqliteException {
    MessageReader answer =
        node.ask(Effect.NONE, new MessageWriter(Request.LEADER).word(0), Response.NODE);
    return node.parse(
        answer,
        it -> {
          it.word();
          return Optional.of(it.text()).filter(address -> !address.isEmpty());
        });
  }

  /** The members as this node knows them; the leader knows best. */
  public List<Member> members() throws DqliteException {
    MessageReader answer =
        node.ask(
            Effect.NONE,
            new MessageWriter(Request.CLUSTER).word(MEMBERS_WITH_ROLES),
            Response.NODES);
    return node.parse(answer, NodeCalls::members);
  }

  private static List<Member> members(MessageReader answer) throws MalformedMessage {
    long count = answer.word();
    List<Member> members = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long id = answer.word();
      String address = answer.text();
      long role = answer.word();
      try {
        members.add(new Member(id, address, Role.of(role)));
      } catch (IllegalArgumentException e) {
        throw new MalformedMessage(e.getMessage());
      }
    }
    return members;
  }

  /** Adds a node as a spare; it gets its role with {@link #assign}. Asked of the leader. */
  public void add(long id, String address) throws DqliteException {
    change(new MessageWriter(Request.ADD).word(id).text(address));
  }

  /**
   * Gives a member a role. Takes until a new voter has the data. Asked of the leader.
   *
   * @throws IllegalArgumentException for the leader itself if it is not to stay a voter: the
   *     library would do it, and the cluster would have no leader that can commit
   */
  public void assign(long id, Role role) throws DqliteException {
    if (role != Role.VOTER && leads(id)) {
      throw new IllegalArgumentException(
          "role " + role + " for the leader: transfer the leadership first");
    }
    change(new MessageWriter(Request.ASSIGN).word(id).word(role.code()));
  }

  private boolean leads(long id) throws DqliteException {
    Optional<String> leader = leader();
    return members().stream()
        .anyMatch(it -> it.id() == id && leader.filter(it.address()::equals).isPresent());
  }

  /** Takes a member out of the cluster. Asked of the leader. */
  public void remove(long id) throws DqliteException {
    change(new MessageWriter(Request.REMOVE).word(id));
  }

  /** Lets another voter lead. Asked of the leader. */
  public void transfer(long id) throws DqliteException {
    change(new MessageWriter(Request.TRANSFER).word(id));
  }

  /** What this node says of itself. */
  public Description describe() throws DqliteException {
    MessageReader answer =
        node.ask(
            Effect.NONE,
            new MessageWriter(Request.DESCRIBE).word(DESCRIBE_FORMAT),
            Response.METADATA);
    return node.parse(answer, it -> new Description(it.word(), it.word()));
  }

  /**
   * What a node says of itself.
   *
   * @param failureDomain what it shares its fate with; 0 if that is not known
   * @param weight the lighter node is the better voter
   */
  public record Description(long failureDomain, long weight) {}

  /** Sets this node's weight, until its next start. */
  public void weight(long weight) throws DqliteException {
    change(new MessageWriter(Request.WEIGHT).word(weight));
  }

  /**
   * Copies a database into that folder, as SQLite's own two files: the name given to {@link
   * Connection#open}, and that name with {@code -wal}.
   *
   * @throws IOException if they cannot be written, or are there already
   */
  public void dump(String database, Path folder) throws DqliteException, IOException {
    new Dump(node, database).into(folder);
  }

  private void change(MessageWriter request) throws DqliteException {
    node.ask(Effect.WRITE, request, Response.EMPTY);
  }
}

package io.kneard.datamesh.control;

import io.kneard.datamesh.Member;
import io.kneard.datamesh.MemberType;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Changes of which replicas a volume is to have, as they come to be stored. */
public final class Edits {
  private final Map<String, HostState> hosts;
  private final Supplier<String> deviceIds;
  private VolumeDocument document;

  /**
   * @param deviceIds for new replicas; never the same twice
   */
  public Edits(VolumeDocument document, Map<String, HostState> hosts, Supplier<String> deviceIds) {
    this.document = document;
    this.hosts = hosts;
    this.deviceIds = deviceIds;
  }

  /** The volume with all changes that could be made. */
  public VolumeDocument document() {
    return document;
  }

  /** Makes a change, or says why not. */
  public Optional<String> apply(Intention.Edit edit) {
    if (edit instanceof Intention.Edit.Create create) {
      return create(create);
    } else if (edit instanceof Intention.Edit.Retype retype) {
      return retype(retype);
    }
    return delete((Intention.Edit.Delete) edit);
  }

  private Optional<String> create(Intention.Edit.Create create) {
    Optional<String> why =
        hostUnfit(create.node()).or(() -> typeUnfit(create.type(), create.node(), create.pool()));
    if (why.isPresent()) {
      return why;
    }
    if (document.on(create.node()).isPresent()) {
      return Optional.of(
          "%s has a replica already%s"
              .formatted(
                  create.node(),
                  document.on(create.node()).get().leaving() ? ", which is going away" : ""));
    }
    Optional<Integer> id = document.freeId();
    if (id.isEmpty()) {
      return Optional.of(
          "a volume has at most %d replicas, and all are taken".formatted(Member.MAX_ID + 1));
    }
    document =
        document.with(
            ReplicaDocument.joining(
                id.get(),
                create.node(),
                create.type(),
                create.type().backed() ? create.pool() : Optional.empty(),
                deviceIds.get(),
                zeroed(create.node(), create.pool())));
    return Optional.empty();
  }

  private Optional<String> retype(Intention.Edit.Retype retype) {
    Optional<ReplicaDocument> replica = replica(retype.replica());
    if (replica.isEmpty() || replica.get().leaving()) {
      return Optional.of("there is no replica #%d that stays".formatted(retype.replica()));
    }
    String node = replica.get().node();
    Optional<String> pool = replica.get().pool().or(retype::pool);
    Optional<String> why = typeUnfit(retype.type(), node, pool);
    if (why.isEmpty()) {
      document = document.with(replica.get().as(retype.type(), pool, zeroed(node, pool)));
    }
    return why;
  }

  private Optional<String> delete(Intention.Edit.Delete delete) {
    Optional<ReplicaDocument> replica = replica(delete.replica());
    if (replica.isEmpty()) {
      return Optional.of("there is no replica #%d".formatted(delete.replica()));
    }
    document = document.with(replica.get().leave(delete.dead()));
    return Optional.empty();
  }

  private Optional<ReplicaDocument> replica(int id) {
    return document.replicas().stream().filter(one -> one.id() == id).findFirst();
  }

  private Optional<String> hostUnfit(String node) {
    HostState host = hosts.get(node);
    if (host == null) {
      return Optional.of("%s is no member of the cluster".formatted(node));
    }
    return host.facts().problem().map(problem -> "%s: %s".formatted(node, problem));
  }

  private Optional<String> typeUnfit(MemberType type, String node, Optional<String> pool) {
    if (type.liminal()) {
      return Optional.of(
          "%s: only on the way to another type, not to be asked for".formatted(type.title()));
    }
    if (!type.backed()) {
      return Optional.empty();
    }
    if (pool.isEmpty()) {
      return Optional.of("%s on %s needs a pool for its disk".formatted(type.title(), node));
    }
    Optional<HostFacts.PoolFacts> there = pool(node, pool.get());
    if (there.isEmpty()) {
      return Optional.of("%s has no pool %s".formatted(node, pool.get()));
    }
    return there.get().problem().map(problem -> "%s: %s".formatted(node, problem));
  }

  private boolean zeroed(String node, Optional<String> pool) {
    return pool.flatMap(name -> pool(node, name)).filter(HostFacts.PoolFacts::zeroed).isPresent();
  }

  private Optional<HostFacts.PoolFacts> pool(String node, String name) {
    return Optional.ofNullable(hosts.get(node)).flatMap(host -> host.facts().pool(name));
  }
}

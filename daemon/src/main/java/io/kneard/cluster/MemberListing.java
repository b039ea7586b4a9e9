package io.kneard.cluster;

import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.database.DatabaseState;
import io.kneard.database.Versions;
import io.kneard.dqlite.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Computes the list of members (specification: "Cluster member states").
 *
 * @param self the name of who answers
 * @param own its versions
 * @param state of its database, online or waiting
 * @param rows what the database has
 * @param trusted what its trust store has
 * @param nodes the database's own members; none if that is not known
 */
record MemberListing(
    String self,
    Versions own,
    DatabaseState state,
    List<MemberRow> rows,
    List<TrustedMember> trusted,
    List<Member> nodes) {

  /** Those who have to be asked whether they are ready. */
  List<MemberRow> toAsk() {
    return waiting()
        ? List.of()
        : rows.stream().filter(row -> !row.name().equals(self) && isTrusted(row)).toList();
  }

  /** The list, by name, once it is known who is ready. */
  List<ClusterMember> members(Set<String> ready) {
    TreeMap<String, ClusterMember> list = new TreeMap<>();
    for (MemberRow row : rows) {
      list.put(row.name(), shown(row, status(row, ready)));
    }
    for (TrustedMember member : trusted) {
      if (rows.stream().noneMatch(row -> row.name().equals(member.name()))) {
        list.put(member.name(), shown(member));
      }
    }
    List<ClusterMember> all = new ArrayList<>(list.values());
    Set<String> known = rows.stream().map(MemberRow::nodeAddress).collect(Collectors.toSet());
    nodes.stream()
        .filter(node -> !known.contains(node.address()))
        .forEach(node -> all.add(stranger(node)));
    return List.copyOf(all);
  }

  private boolean waiting() {
    return state instanceof DatabaseState.Waiting;
  }

  private boolean isTrusted(MemberRow row) {
    return trusted.stream().anyMatch(member -> member.name().equals(row.name()));
  }

  private MemberStatus status(MemberRow row, Set<String> ready) {
    boolean isSelf = row.name().equals(self);
    if (!isSelf && !isTrusted(row)) {
      return MemberStatus.NOT_TRUSTED;
    }
    Versions versions = row.versions();
    if (waiting()) {
      boolean old = versions.isBehind(own) || !versions.extensions().equals(own.extensions());
      return !isSelf && old ? MemberStatus.NEEDS_UPGRADE : MemberStatus.UPGRADING;
    }
    boolean answers = isSelf || ready.contains(row.name());
    if (!answers) {
      return own.isBehind(versions) ? MemberStatus.UPGRADING : MemberStatus.UNREACHABLE;
    }
    return rows.stream().anyMatch(other -> !other.pending() && versions.isBehind(other.versions()))
        ? MemberStatus.NEEDS_UPGRADE
        : MemberStatus.ONLINE;
  }

  private static ClusterMember shown(MemberRow row, MemberStatus status) {
    return new ClusterMember(
        row.name(),
        row.address(),
        row.certificate(),
        row.role(),
        row.versions().internal(),
        row.versions().external(),
        row.heartbeat().map(Instant::toString).orElse(""),
        status.text(),
        row.versions().extensions());
  }

  private static ClusterMember shown(TrustedMember member) {
    return new ClusterMember(
        member.name(),
        member.address(),
        member.certificate(),
        "",
        0,
        0,
        "",
        MemberStatus.NOT_FOUND.text(),
        List.of());
  }

  private static ClusterMember stranger(Member node) {
    return new ClusterMember(
        "",
        node.address(),
        "",
        Roles.text(node.role()),
        0,
        0,
        "",
        MemberStatus.NOT_TRUSTED.text(),
        List.of());
  }
}

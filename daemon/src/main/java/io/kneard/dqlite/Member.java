package io.kneard.dqlite;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node as a member of the cluster.
 *
 * @param id its number, see {@link NodeSettings}; a number of 64 bits without sign
 * @param address how the others reach it, {@code host:port}
 */
public record Member(long id, String address, Role role) {
  /** Members as one argument of a program: {@code id@address@role} and commas between. */
  public static String line(List<Member> members) {
    return members.stream()
        .map(it -> it.id + "@" + it.address + "@" + it.role.code())
        .collect(Collectors.joining(","));
  }

  /** Reads what {@link #line} wrote. */
  public static List<Member> parse(String line) {
    return Stream.of(line.split(",", -1)).map(Member::parseOne).toList();
  }

  private static Member parseOne(String text) {
    String[] parts = text.split("@", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("member '" + text + "': id@address@role is wanted");
    }
    NodeSettings.parseAddress("member", parts[1]);
    try {
      return new Member(Long.parseLong(parts[0]), parts[1], Role.of(Long.parseLong(parts[2])));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "member '" + text + "': id@address@role is wanted, with numbers for id and role", e);
    }
  }
}

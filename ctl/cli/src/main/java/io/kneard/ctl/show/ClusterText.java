package io.kneard.ctl.show;

import io.kneard.ctl.api.cluster.ClusterMember;
import io.kneard.ctl.api.cluster.ServerInfo;
import io.kneard.ctl.api.cluster.TokenRecord;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Members and tokens, as tables. */
public final class ClusterText {
  private static final int GAP = 2;

  private ClusterText() {}

  /** One line about this host. */
  public static String member(ServerInfo server, Style style) {
    return "member %s at %s: %s"
        .formatted(
            Plain.line(server.name()),
            Plain.line(server.address()),
            server.ready() ? style.good("ready") : style.warn("not ready yet"));
  }

  /** A line for each member. */
  public static String members(List<ClusterMember> members, Instant now, Style style) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("name", "address", "role", "heartbeat", "status"));
    for (ClusterMember member : members) {
      rows.add(
          List.of(
              or(member.name()),
              or(member.address()),
              or(member.role()),
              ago(member.lastHeartbeat(), now),
              status(or(member.status()), style)));
    }
    return table(rows);
  }

  /** One member's role. */
  public static String role(ClusterMember member, Style style) {
    return "%s: %s (%s)"
        .formatted(or(member.name()), or(member.role()), status(or(member.status()), style));
  }

  /** A line for each token. */
  public static String tokens(List<TokenRecord> tokens) {
    if (tokens.isEmpty()) {
      return "There is no token.";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("name", "expires"));
    tokens.forEach(token -> rows.add(List.of(or(token.name()), or(token.expiresAt()))));
    return table(rows);
  }

  private static String or(String text) {
    return text == null || text.isEmpty() ? "-" : Plain.line(text);
  }

  private static String status(String status, Style style) {
    return switch (status) {
      case "ONLINE" -> style.good(status);
      case "UPGRADING", "NEEDS UPGRADE" -> style.warn(status);
      default -> style.bad(status);
    };
  }

  private static String ago(String time, Instant now) {
    try {
      boolean known = time != null && !time.isEmpty();
      return known ? Times.span(Duration.between(Instant.parse(time), now)) + " ago" : "-";
    } catch (DateTimeException e) {
      return Plain.line(time);
    }
  }

  /** The last column may be coloured: nothing has to fit behind it. */
  private static String table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        String cell = row.get(i);
        text.append(cell);
        if (i < columns - 1) {
          text.append(" ".repeat(width - cell.length() + GAP));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }
}

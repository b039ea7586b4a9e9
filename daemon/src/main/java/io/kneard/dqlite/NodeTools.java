package io.kneard.dqlite;

import io.kneard.dqlite.node.RecoverMain;
import io.kneard.dqlite.node.RestoreMain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is done once and needs the library: each in a process of its own. */
public final class NodeTools {
  private static final int LONGEST_ANSWER = 4096;

  /** For the program to start and end, besides its work. */
  private static final Duration AROUND = Duration.ofSeconds(30);

  private NodeTools() {}

  /**
   * Fills an empty database from a backup, whole or not at all.
   *
   * @param backup the backup's database file, see {@link Backups#file}
   * @param socket the socket of this host's running node
   * @param address that node's address
   * @return how many rows there were
   * @throws ToolFailed with the reason: the backup is damaged, or the database is not empty
   * @throws IOException if the program cannot be started
   */
  public static long restore(
      Path backup, Path socket, String address, String database, Duration within)
      throws IOException, InterruptedException {
    return restore(
        within,
        List.of(
            backup.toString(),
            socket.toString(),
            address,
            database,
            Long.toString(within.toSeconds())));
  }

  /** As {@link #restore}, into a database that need not be empty: what is in it goes. */
  public static long replace(
      Path backup, Path socket, String address, String database, Duration within)
      throws IOException, InterruptedException {
    return restore(
        within,
        List.of(
            backup.toString(),
            socket.toString(),
            address,
            database,
            Long.toString(within.toSeconds()),
            "replace"));
  }

  private static long restore(Duration within, List<String> arguments)
      throws IOException, InterruptedException {
    return Long.parseLong(run(RestoreMain.class, within.plus(AROUND), arguments));
  }

  /**
   * Replaces the cluster's membership in a stopped node's data. Only when most voters are lost for
   * good, on one member only, the one with the longest log; keep a copy of its folder first. The
   * others need a copy of the result, or have to join anew: two members that were recovered apart
   * are two clusters.
   *
   * @param settings the node's, as it is started
   * @param members who is left, this node among them
   * @throws ToolFailed with the reason, such as a node that still runs
   * @throws IOException if the program cannot be started
   */
  public static void recover(NodeSettings settings, List<Member> members, Duration within)
      throws IOException, InterruptedException {
    if (members.stream().noneMatch(it -> it.id() == settings.id() && it.role() == Role.VOTER)) {
      throw new IllegalArgumentException(
          "members " + members + ": node " + settings.id() + " is wanted among them, as a voter");
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(Member.line(members));
    arguments.addAll(settings.arguments());
    run(RecoverMain.class, within, arguments);
  }

  private static String run(Class<?> program, Duration within, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = NodeProgram.of(program, List.of(), arguments).start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ToolFailed(ToolFailed.Kind.UNKNOWN, "it was not done within " + within);
      }
      try (InputStream in = process.getInputStream()) {
        return answer(new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8).strip());
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static String answer(String output) throws ToolFailed {
    String last = output.substring(output.lastIndexOf('\n') + 1);
    if (!last.startsWith("done")) {
      throw ToolFailed.parse(last);
    }
    return last.substring("done".length()).strip();
  }
}

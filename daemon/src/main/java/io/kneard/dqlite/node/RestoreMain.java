package io.kneard.dqlite.node;

import io.kneard.dqlite.DqliteClient;
import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.NodeSettings;
import io.kneard.dqlite.Row;
import io.kneard.dqlite.Session;
import io.kneard.dqlite.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program that fills an empty database from a backup: {@code RestoreMain BACKUP-FILE SOCKET
 * ADDRESS DATABASE SECONDS [replace]}; with {@code replace} what is in the database goes first. All
 * or nothing, in one transaction. Says {@code done ROWS}, or what {@link ToolWords} has for its
 * failure.
 */
public final class RestoreMain {
  /** Rows of SQLite's own tables are kept, or made, by SQLite. */
  private static final String USER_OBJECTS =
      " FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

  private static final String ARGUMENTS = "BACKUP-FILE SOCKET HOST:PORT DATABASE SECONDS [replace]";
  private static final String REPLACE = "replace";

  /** What is asked for. */
  private record Wish(
      Path backup, Path socket, String address, String database, Duration within, boolean replace) {
    static Wish of(List<String> all) throws Refusal {
      try {
        boolean replace = all.size() == 6 && all.get(5).equals(REPLACE);
        if (all.size() != 5 && !replace) {
          throw new IllegalArgumentException(all.size() + " arguments: 5 are wanted");
        }
        NodeSettings.parseAddress("address", all.get(2));
        return new Wish(
            Path.of(all.get(0)).toAbsolutePath(),
            Path.of(all.get(1)),
            all.get(2),
            all.get(3),
            Duration.ofSeconds(seconds(all.get(4))),
            replace);
      } catch (IllegalArgumentException e) {
        throw ToolWords.misused(RestoreMain.class, ARGUMENTS, e);
      }
    }

    private static long seconds(String text) {
      if (!text.matches("[1-9][0-9]{0,5}")) {
        throw new IllegalArgumentException("seconds = '" + text + "': 1 to 999999 are wanted");
      }
      return Long.parseLong(text);
    }
  }

  private RestoreMain() {}

  /** Restores. */
  public static void main(String[] arguments) {
    int status = ToolWords.DONE;
    try {
      System.out.println("done " + restore(Wish.of(List.of(arguments))));
    } catch (Refusal | IOException | DqliteException | RuntimeException | LinkageError e) {
      // A mistake too ends with a word, since whoever asked waits for one.
      System.out.println(ToolWords.failure(e));
      status = ToolWords.NOT_DONE;
    }
    System.out.flush();
    Runtime.getRuntime().halt(status);
  }

  private static long restore(Wish wish) throws Refusal, IOException, DqliteException {
    Path copy = copy(wish.backup());
    try (Sqlite backup = Sqlite.open(copy);
        DqliteClient target =
            new DqliteClient(wish.socket(), wish.address(), wish.database(), 1, wish.within())) {
      return restore(backup, target, wish.replace());
    } finally {
      delete(copy.getParent());
    }
  }

  private static long restore(Sqlite backup, DqliteClient target, boolean replace)
      throws Refusal, DqliteException {
    requireWhole(backup);
    if (replace) {
      return target.transaction(
          session -> {
            empty(session);
            return new Copying(backup, session).all();
          });
    }
    if (!target.query("SELECT name" + USER_OBJECTS).isEmpty()) {
      throw new Refusal("the database is not empty: it would be mixed with the backup");
    }
    return target.transaction(session -> new Copying(backup, session).all());
  }

  /** Indexes go with their tables. */
  private static void empty(Session session) throws DqliteException {
    for (String kind : List.of("trigger", "view", "table")) {
      for (Row row : session.query("SELECT name" + USER_OBJECTS + " AND type = ?", kind)) {
        session.execute("DROP " + kind + " " + Copying.quoted(row.text(0), '"'));
      }
    }
  }

  private static void requireWhole(Sqlite backup) throws Refusal, DqliteException {
    String integrity;
    try {
      integrity = text(backup.query("PRAGMA integrity_check").get(0).get(0));
    } catch (IOException e) {
      integrity = e.getMessage(); // too damaged to be looked at
    }
    if (!integrity.equals("ok")) {
      throw new Refusal("the backup is damaged: " + integrity);
    }
  }

  /** SQLite writes to the file when it takes the log in; the backup itself stays as it is. */
  private static Path copy(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file");
    }
    Path folder = Files.createTempDirectory(file.getParent(), "restoring-");
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    Path copy = folder.resolve("database");
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    if (Files.exists(log)) {
      Files.copy(log, folder.resolve("database-wal"), StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static String text(Value value) {
    return ((Value.Text) value).value();
  }

  /** The copying itself, on the transaction's session. */
  private record Copying(Sqlite backup, Session session) {
    long all() throws DqliteException {
      try {
        for (List<Value> table :
            backup.query("SELECT sql" + USER_OBJECTS + " AND type = 'table'")) {
          session.execute(text(table.get(0)));
        }
        long rows = 0;
        for (List<Value> table :
            backup.query("SELECT name" + USER_OBJECTS + " AND type = 'table'")) {
          rows += rows(text(table.get(0)));
        }
        for (List<Value> other :
            backup.query("SELECT sql" + USER_OBJECTS + " AND type <> 'table'")) {
          session.execute(text(other.get(0)));
        }
        sequences();
        Value version = backup.query("PRAGMA user_version").get(0).get(0);
        session.execute("PRAGMA user_version = " + ((Value.Whole) version).value());
        return rows;
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }

    private long rows(String table) throws IOException, DqliteException {
      List<String> columns =
          backup.query("SELECT name FROM pragma_table_info(" + quoted(table, '\'') + ")").stream()
              .map(row -> quoted(text(row.get(0)), '"'))
              .toList();
      String names = String.join(", ", columns);
      String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
      String name = quoted(table, '"');
      String insert = "INSERT INTO " + name + " (" + names + ") VALUES (" + marks + ")";
      long[] count = new long[1];
      backup.query(
          "SELECT " + names + " FROM " + name,
          row -> {
            session.execute(insert, row.toArray());
            count[0]++;
          });
      return count[0];
    }

    /** Where AUTOINCREMENT goes on. */
    private void sequences() throws IOException, DqliteException {
      boolean any =
          !backup.query("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").isEmpty();
      List<List<Value>> sequences =
          any ? backup.query("SELECT name, seq FROM sqlite_sequence") : Collections.emptyList();
      if (!sequences.isEmpty()) {
        session.execute("DELETE FROM sqlite_sequence");
      }
      for (List<Value> row : sequences) {
        session.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", row.toArray());
      }
    }

    private static String quoted(String name, char mark) {
      String one = String.valueOf(mark);
      return one + name.replace(one, one + one) + one;
    }
  }
}

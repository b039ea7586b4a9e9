package io.kneard.dqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells whether the database is still the one it was: it has a name of its own and a number that
 * grows with each look, and both are also kept in a file of this host. A database that has begun
 * anew, or has lost its end, is noticed before anybody uses it.
 */
public final class DatabaseIdentity {
  private final DqliteClient client;
  private final Path file;

  /**
   * For one database.
   *
   * @param file where this host keeps what it knows; beside the node's data, not in them
   */
  public DatabaseIdentity(DqliteClient client, Path file) {
    this.client = client;
    this.file = file;
  }

  /** What a database says of itself. */
  public record Mark(String name, long looks) {}

  /** What a look has shown. */
  public sealed interface Look {
    /** It is the same, or this host sees it for the first time. */
    record Same(Mark mark) implements Look {}

    /** It is another one, or an older state of it: nothing may be done with it. */
    record Other(String why) implements Look {}
  }

  /**
   * Looks, and counts the look. To be called after each start of the node, before anything else is
   * done with the database.
   *
   * @throws IOException if the file cannot be read or written
   */
  public Look look() throws DqliteException, IOException {
    Optional<Mark> known = read();
    Optional<Mark> found = client.read(DatabaseIdentity::find);
    if (known.isPresent()) {
      Optional<String> why = difference(known.get(), found);
      if (why.isPresent()) {
        return new Look.Other(why.get());
      }
    }
    Mark mark = client.transaction(session -> count(session, known));
    write(mark);
    return new Look.Same(mark);
  }

  /**
   * Makes a database that was filled anew, on purpose, pass for the one that this host knows.
   *
   * @throws IOException if the file cannot be read
   */
  public void impose() throws DqliteException, IOException {
    Optional<Mark> known = read();
    client.transaction(
        session -> {
          session.execute("DROP TABLE IF EXISTS dqlite_identity");
          if (known.isPresent()) {
            create(session, known.get());
          }
          return true;
        });
  }

  private Optional<String> difference(Mark known, Optional<Mark> found) {
    if (found.isEmpty()) {
      return Optional.of("the database is empty, and was " + known.name + " before");
    }
    if (!found.get().name.equals(known.name)) {
      return Optional.of("the database is " + found.get().name + ", and was " + known.name);
    }
    if (found.get().looks < known.looks) {
      return Optional.of(
          "the database has lost its end: its number is %d, and was %d"
              .formatted(found.get().looks, known.looks));
    }
    return Optional.empty();
  }

  private static Optional<Mark> find(Session session) throws DqliteException {
    if (session.query("SELECT 1 FROM sqlite_master WHERE name = 'dqlite_identity'").isEmpty()) {
      return Optional.empty();
    }
    return session.query("SELECT name, looks FROM dqlite_identity").stream()
        .findFirst()
        .map(row -> new Mark(row.text(0), row.whole(1)));
  }

  private static Mark count(Session session, Optional<Mark> known) throws DqliteException {
    if (find(session).isEmpty()) {
      String name = known.map(Mark::name).orElseGet(() -> UUID.randomUUID().toString());
      create(session, new Mark(name, 0));
    }
    session.execute("UPDATE dqlite_identity SET looks = looks + 1");
    return find(session).orElseThrow();
  }

  private static void create(Session session, Mark mark) throws DqliteException {
    session.execute(
        "CREATE TABLE IF NOT EXISTS dqlite_identity ("
            + "one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL,"
            + " looks INTEGER NOT NULL)");
    session.execute("INSERT INTO dqlite_identity VALUES (1, ?, ?)", mark.name, mark.looks);
  }

  private Optional<Mark> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    try {
      return Optional.of(new Mark(lines.get(0), Long.parseLong(lines.get(1))));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException(file + ": two lines are wanted, a name and a number", e);
    }
  }

  private void write(Mark mark) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, List.of(mark.name, Long.toString(mark.looks)));
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}

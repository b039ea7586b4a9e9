package io.kneard.dqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Backups of one database in a folder of their own, mode 0700: a folder for each, named for its
 * time, with the files that {@link NodeCalls#dump} wrote. One that is being written has another
 * name until it is complete and safe on the disk.
 *
 * @param folder where they are
 * @param database whose they are
 * @param keep how many are kept; the oldest go first
 */
public record Backups(Path folder, String database, int keep) {
  private static final String PREFIX = "backup-";
  private static final String UNFINISHED = "unfinished-";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Checks the number. */
  public Backups {
    if (keep < 1) {
      throw new IllegalArgumentException("keep = " + keep + ": at least 1 is wanted");
    }
  }

  /**
   * Makes one, and removes those that are too many.
   *
   * @param leader who has the data
   * @param now its time, in whole seconds
   * @return its folder
   */
  public Path take(NodeCalls leader, Instant now) throws DqliteException, IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (Path left : list(UNFINISHED)) {
      delete(left);
    }
    Instant free = now;
    while (Files.exists(folder.resolve(PREFIX + NAME.format(free)))) {
      free = free.plusSeconds(1); // the second one within a second
    }
    Path fresh = Files.createDirectory(folder.resolve(UNFINISHED + NAME.format(free)));
    leader.dump(database, fresh);
    sync(fresh);
    Path done = folder.resolve(PREFIX + NAME.format(free));
    Files.move(fresh, done, StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
    List<Path> all = all();
    for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
      delete(old);
    }
    return done;
  }

  /** All complete ones, the oldest first. */
  public List<Path> all() throws IOException {
    return Files.isDirectory(folder) ? list(PREFIX) : List.of();
  }

  /** When the newest one was made. */
  public Optional<Instant> newest() throws IOException {
    List<Path> all = all();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    String name = all.get(all.size() - 1).getFileName().toString();
    try {
      return Optional.of(NAME.parse(name.substring(PREFIX.length()), Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty(); // somebody else's folder; then a new one does no harm
    }
  }

  /** The database file of a backup. */
  public Path file(Path backup) {
    return backup.resolve(database);
  }

  private List<Path> list(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted(Comparator.comparing(Path::getFileName))
          .toList();
    }
  }

  private static void delete(Path backup) throws IOException {
    try (Stream<Path> files = Files.list(backup)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(backup);
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

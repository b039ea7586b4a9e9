package io.kneard.dqlite.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks the log files of the library's Raft before the library reads them, because it answers
 * damage with a shorter log, or an empty one.
 *
 * <p>A file is a word with its format, in format 2 a second word, and batches: two checksums, the
 * number of entries, a term and a size for each, and the entries. A closed file, {@code
 * FIRST-LAST}, holds just those entries. An open one, {@code open-N}, may end in a batch that was
 * being written when the power went; but what comes before a whole batch was complete.
 */
final class LogFiles {
  private static final Pattern CLOSED = Pattern.compile("([0-9]{16})-([0-9]{16})");
  private static final Pattern SNAPSHOT = Pattern.compile("snapshot-([0-9]+)-([0-9]+)-[0-9]+");
  private static final Pattern OPEN = Pattern.compile("open-[0-9]+");
  private static final int WORD = Long.BYTES;
  private static final int ENTRY_HEADER = 2 * WORD;

  /** Where the size stands in an entry's header. */
  private static final int SIZE_AT = 12;

  private LogFiles() {}

  /**
   * Reads them all.
   *
   * @throws Refusal that names the first damaged file
   */
  static void check(Path folder) throws IOException, Refusal {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      Matcher closed = CLOSED.matcher(name);
      if (closed.matches()) {
        long expected = Long.parseLong(closed.group(2)) - Long.parseLong(closed.group(1)) + 1;
        checkClosed(file, expected);
      } else if (OPEN.matcher(name).matches()) {
        checkOpen(file);
      }
    }
  }

  private static void checkClosed(Path file, long expected) throws IOException, Refusal {
    ByteBuffer content = read(file);
    int at = start(content);
    long entries = 0;
    while (at > 0 && at < content.capacity()) {
      int next = batchEnd(content, at);
      if (next < 0) {
        throw damaged(file, at);
      }
      entries += content.getLong(at + WORD);
      at = next;
    }
    if (at < 0 || entries != expected) {
      throw damaged(file, Math.max(at, 0));
    }
  }

  private static void checkOpen(Path file) throws IOException, Refusal {
    ByteBuffer content = read(file);
    int at = start(content);
    while (at > 0 && at < content.capacity()) {
      int next = batchEnd(content, at);
      if (next < 0) {
        break;
      }
      at = next;
    }
    for (int later = Math.max(at, 0) + WORD; later < content.capacity(); later += WORD) {
      if (batchEnd(content, later) > 0) {
        throw damaged(file, Math.max(at, 0));
      }
    }
  }

  /**
   * Where a whole log ends.
   *
   * @return empty if there are neither entries nor a snapshot
   */
  static Optional<LogEnd> end(Path folder) throws IOException {
    List<String> names;
    try (Stream<Path> all = Files.list(folder)) {
      names = all.map(file -> file.getFileName().toString()).toList();
    }
    LogEnd end = new LogEnd(0, 0);
    for (String name : names) {
      Matcher snapshot = SNAPSHOT.matcher(name);
      if (snapshot.matches()) {
        end =
            end.orLater(
                new LogEnd(Long.parseLong(snapshot.group(1)), Long.parseLong(snapshot.group(2))));
      }
    }
    for (String name : names) {
      Matcher closed = CLOSED.matcher(name);
      if (closed.matches()) {
        long last = Long.parseLong(closed.group(2));
        end = end.orLater(new LogEnd(lastEntry(folder.resolve(name)).term(), last));
      }
    }
    for (String name : openOnes(names)) {
      LogEnd added = lastEntry(folder.resolve(name));
      end = end.orLater(new LogEnd(added.term(), end.entry() + added.entry()));
    }
    return Optional.of(end).filter(found -> found.entry() > 0);
  }

  private static List<String> openOnes(List<String> names) {
    return names.stream()
        .filter(name -> OPEN.matcher(name).matches())
        .sorted(Comparator.comparingLong(name -> Long.parseLong(name.substring("open-".length()))))
        .toList();
  }

  /** The term of a file's last entry, and how many there are. */
  private static LogEnd lastEntry(Path file) throws IOException {
    ByteBuffer content = read(file);
    long term = 0;
    long entries = 0;
    int at = start(content);
    while (at > 0 && at < content.capacity()) {
      int next = batchEnd(content, at);
      if (next < 0) {
        break;
      }
      long here = content.getLong(at + WORD);
      term = content.getLong(at + 2 * WORD + (int) (here - 1) * ENTRY_HEADER);
      entries += here;
      at = next;
    }
    return new LogEnd(term, entries);
  }

  /** Where the first batch begins; -1 if the file does not begin as one. */
  private static int start(ByteBuffer content) {
    if (content.capacity() < 2 * WORD) {
      return -1;
    }
    long format = content.getLong(0);
    return format == 1 ? WORD : format == 2 ? 2 * WORD : -1;
  }

  /** Where the batch that begins at {@code at} ends; -1 if none does. */
  private static int batchEnd(ByteBuffer content, int at) {
    int header = at + WORD;
    int room = content.capacity() - header - WORD;
    if (room < ENTRY_HEADER) {
      return -1;
    }
    long entries = content.getLong(header);
    if (entries < 1 || entries > room / ENTRY_HEADER) {
      return -1;
    }
    int data = header + WORD + (int) entries * ENTRY_HEADER;
    if (content.getInt(at) != RaftChecksum.of(content, header, data)) {
      return -1;
    }
    long end = data;
    for (int each = header + WORD; each < data; each += ENTRY_HEADER) {
      end += Integer.toUnsignedLong(content.getInt(each + SIZE_AT));
    }
    boolean whole =
        end <= content.capacity()
            && content.getInt(at + Integer.BYTES) == RaftChecksum.of(content, data, (int) end);
    return whole ? (int) end : -1;
  }

  /** Mapped, not read: a file may have megabytes, and this process has few. */
  private static ByteBuffer read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static Refusal damaged(Path file, int at) {
    return new Refusal(
        "the database file %s is damaged at byte %d and was left as it is: restore a backup, or"
                .formatted(file, at)
            + " remove the node from the cluster and join anew");
  }
}

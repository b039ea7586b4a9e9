package io.kneard.dqlite;

import io.kneard.dqlite.wire.MalformedMessage;
import io.kneard.dqlite.wire.MessageReader;
import io.kneard.dqlite.wire.MessageWriter;
import io.kneard.dqlite.wire.Request;
import io.kneard.dqlite.wire.Response;
import io.kneard.dqlite.wire.ResponseHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A copy of a database as the node sends it: the database file and its write-ahead log, as SQLite
 * has them. They go to disk piece by piece, because the whole may be larger than this memory.
 */
final class Dump {
  private static final int WORD = Long.BYTES;
  private static final int PIECE = 64 << 10;

  /** Longer than any name that was given to {@link Connection#open}. */
  private static final int LONGEST_NAME = 4096;

  private final Conversation node;
  private final String database;
  private long left;

  Dump(Conversation node, String database) {
    this.node = node;
    this.database = database;
  }

  /** Writes the files into that folder, under the database's name. They are safe on the disk. */
  void into(Path folder) throws DqliteException, IOException {
    node.send(new MessageWriter(Request.DUMP).text(database));
    ResponseHeader header;
    try {
      header = node.header();
      left = header.bytes();
    } catch (IOException e) {
      throw node.lost(Effect.NONE, e);
    }
    if (header.type() != Response.FILES) {
      throw node.refusal(header);
    }
    long files = word();
    for (long i = 0; i < files; i++) {
      write(target(folder, name()), word());
    }
  }

  /** Of what comes in, only the two names that are wanted become files. */
  private Path target(Path folder, String name) throws DqliteException {
    if (name.equals(database) || name.equals(database + "-wal")) {
      return folder.resolve(name);
    }
    throw malformed("a file '" + name + "' that was not asked for");
  }

  private void write(Path file, long size) throws DqliteException, IOException {
    if (size < 0 || size > left) {
      throw malformed("a file of " + size + " bytes in " + left);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE);
      for (long missing = size; missing > 0; missing -= piece.limit()) {
        read(piece.clear().limit((int) Math.min(missing, PIECE)));
        while (piece.hasRemaining()) {
          channel.write(piece);
        }
      }
      channel.force(true);
    }
  }

  private String name() throws DqliteException {
    StringBuilder name = new StringBuilder();
    while (name.length() < LONGEST_NAME) {
      ByteBuffer word = read(ByteBuffer.allocate(WORD));
      while (word.hasRemaining()) {
        byte next = word.get();
        if (next == 0) {
          return name.toString();
        }
        name.append((char) next);
      }
    }
    throw malformed("a name without an end");
  }

  private long word() throws DqliteException {
    ByteBuffer word = read(ByteBuffer.allocate(WORD));
    return node.parse(new MessageReader(Response.FILES, word), MessageReader::word);
  }

  private ByteBuffer read(ByteBuffer into) throws DqliteException {
    if (into.remaining() > left) {
      throw malformed("the end before the last file");
    }
    left -= into.remaining();
    try {
      node.readNext(into);
    } catch (IOException e) {
      throw node.lost(Effect.NONE, e);
    }
    return into.flip();
  }

  private DqliteException malformed(String what) {
    return node.lost(Effect.NONE, new MalformedMessage("the dump has " + what));
  }
}

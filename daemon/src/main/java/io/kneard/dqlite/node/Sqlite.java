package io.kneard.dqlite.node;

import io.kneard.dqlite.DqliteException;
import io.kneard.dqlite.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.Out;
import jnr.ffi.byref.PointerByReference;

/**
 * Reads a database file with the SQLite that the library brings along. For a process of its own,
 * not for the daemon.
 */
final class Sqlite implements AutoCloseable {
  private static final int OPEN_READ_WRITE = 2;
  private static final int ROW = 100;
  private static final int DONE = 101;

  /** SQLite's own interface (sqlite.org/c3ref), with {@code sqlite3_} left off the names. */
  public interface Lib {
    int open_v2(String file, @Out PointerByReference database, int flags, Pointer vfs);

    int prepare_v2(
        Pointer database, String sql, int length, @Out PointerByReference made, Pointer tail);

    int step(Pointer statement);

    int column_count(Pointer statement);

    int column_type(Pointer statement, int column);

    long column_int64(Pointer statement, int column);

    double column_double(Pointer statement, int column);

    Pointer column_blob(Pointer statement, int column);

    int column_bytes(Pointer statement, int column);

    int finalize(Pointer statement);

    int close_v2(Pointer database);

    String errmsg(Pointer database);
  }

  private final Lib lib;
  private final Pointer database;

  private Sqlite(Lib lib, Pointer database) {
    this.lib = lib;
    this.database = database;
  }

  /** Opens a file; SQLite may write to it, to take its log in. */
  static Sqlite open(Path file) throws IOException {
    Lib lib =
        LibraryLoader.create(Lib.class)
            .mapper(
                new jnr.ffi.mapper.FunctionMapper() {
                  @Override
                  public String mapFunctionName(String name, Context context) {
                    return "sqlite3_" + name;
                  }
                })
            .load("libsqlite3.so.0");
    PointerByReference made = reference(lib);
    int result = lib.open_v2(file.toString(), made, OPEN_READ_WRITE, null);
    Sqlite opened = new Sqlite(lib, made.getValue());
    if (result != 0) {
      opened.close();
      throw new IOException(file + ": SQLite cannot open it (code " + result + ")");
    }
    return opened;
  }

  /** What is done with a row. */
  interface RowReader {
    /** Takes it. */
    void take(List<Value> row) throws IOException, DqliteException;
  }

  /** Runs a statement, row by row. */
  void query(String sql, RowReader reader) throws IOException, DqliteException {
    PointerByReference made = reference(lib);
    check(lib.prepare_v2(database, sql, -1, made, null));
    Pointer statement = made.getValue();
    try {
      int columns = lib.column_count(statement);
      int result = lib.step(statement);
      while (result == ROW) {
        List<Value> row = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
          row.add(value(statement, i));
        }
        reader.take(row);
        result = lib.step(statement);
      }
      if (result != DONE) {
        check(result);
      }
    } finally {
      lib.finalize(statement);
    }
  }

  /** Runs a statement and returns all rows; for few. */
  List<List<Value>> query(String sql) throws IOException, DqliteException {
    List<List<Value>> rows = new ArrayList<>();
    query(sql, rows::add);
    return rows;
  }

  private Value value(Pointer statement, int column) {
    return switch (lib.column_type(statement, column)) {
      case 1 -> new Value.Whole(lib.column_int64(statement, column));
      case 2 -> new Value.Real(lib.column_double(statement, column));
      case 3 -> new Value.Text(new String(bytes(statement, column), StandardCharsets.UTF_8));
      case 4 -> new Value.Blob(bytes(statement, column));
      default -> new Value.Null();
    };
  }

  private byte[] bytes(Pointer statement, int column) {
    Pointer start = lib.column_blob(statement, column);
    byte[] bytes = new byte[lib.column_bytes(statement, column)];
    if (bytes.length > 0) {
      start.get(0, bytes, 0, bytes.length);
    }
    return bytes;
  }

  private void check(int result) throws IOException {
    if (result != 0) {
      throw new IOException("SQLite: " + lib.errmsg(database) + " (code " + result + ")");
    }
  }

  private static PointerByReference reference(Lib lib) {
    return new PointerByReference(Pointer.wrap(Runtime.getRuntime(lib), 0));
  }

  @Override
  public void close() {
    lib.close_v2(database);
  }
}

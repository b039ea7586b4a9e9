package io.kneard.dqlite;

import java.nio.file.Path;

/**
 * Where a node keeps what.
 *
 * <pre>
 * home/            mode 0700: nobody else reaches what is inside
 *   data/          the library's own files; only the library writes there
 *   node           whose data these are: id and address
 *   lock           locked while a node runs
 *   dqlite.sock    how this host's programs reach the node, while it runs
 * </pre>
 *
 * @param folder the home itself
 */
public record NodeHome(Path folder) {
  /** The library's folder. */
  public Path data() {
    return folder.resolve("data");
  }

  /** Says whose data they are. */
  public Path mark() {
    return folder.resolve("node");
  }

  /** Locked while a node runs. */
  public Path lock() {
    return folder.resolve("lock");
  }

  /** The local socket. */
  public Path socket() {
    return folder.resolve("dqlite.sock");
  }
}

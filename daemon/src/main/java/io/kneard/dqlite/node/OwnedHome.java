package io.kneard.dqlite.node;

import io.kneard.dqlite.NodeHome;
import io.kneard.dqlite.NodeSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A node's home while this process owns it. Nothing but this class stands between the library and
 * the loss of data: the library begins an empty database wherever it finds no data that it can
 * read, and lets two processes write to one folder.
 */
final class OwnedHome {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /** Held to the end of the process, so that they outlive the library's last write. */
  private static final List<FileChannel> LOCKS = new CopyOnWriteArrayList<>();

  private final NodeSettings settings;
  private final NodeHome home;

  private OwnedHome(NodeSettings settings, NodeHome home) {
    this.settings = settings;
    this.home = home;
  }

  /**
   * Takes the home and looks whether a node may start on it.
   *
   * @throws Refusal if another process owns it, if its data are another node's, missing or damaged
   */
  static OwnedHome take(NodeSettings settings) throws IOException, Refusal {
    NodeHome home = new NodeHome(settings.home());
    if (settings.fresh()) {
      Files.createDirectories(home.folder(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.createDirectories(home.data(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else if (!Files.isDirectory(home.data())) {
      throw new Refusal("the database folder " + home.data() + " is missing: restore it");
    }
    Files.setPosixFilePermissions(home.folder(), OWNER_ONLY);
    FileChannel lock =
        FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!locked(lock)) {
        throw new Refusal(
            "the database folder " + home.folder() + " belongs to a node that is still running");
      }
      OwnedHome owned = new OwnedHome(settings, home);
      owned.checkBeforeStart();
      LOCKS.add(lock);
      return owned;
    } catch (IOException | Refusal | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** A lock of this process would be released with any other descriptor of the same file. */
  private static boolean locked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  NodeHome home() {
    return home;
  }

  private void checkBeforeStart() throws IOException, Refusal {
    boolean marked = Files.exists(home.mark());
    if (marked) {
      checkMark();
    }
    refuseSetAside();
    boolean empty = isEmpty();
    if (empty && marked) {
      throw new Refusal(
          "the database folder "
              + home.data()
              + " is empty, but node "
              + settings.id()
              + " has used it: restore it, or remove the node from the cluster and join anew");
    }
    if (empty && !settings.fresh()) {
      throw new Refusal("the database folder " + home.data() + " is empty: restore it");
    }
    if (!empty) {
      LogFiles.check(home.data());
    }
  }

  /**
   * To be called when the library has read its files, before anybody can talk to it: notes whose
   * data they are.
   *
   * @throws Refusal if the library has set damaged files aside and gone on without them
   */
  void checkAfterStart() throws IOException, Refusal {
    refuseSetAside();
    Path fresh = home.mark().resolveSibling("node.new");
    Files.write(fresh, markLines());
    try (FileChannel file = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    Files.move(fresh, home.mark(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void refuseSetAside() throws IOException, Refusal {
    List<String> names = names("corrupt-");
    if (!names.isEmpty()) {
      throw new Refusal(
          "damaged database files were set aside in %s (%s): what they held may be missing; restore"
                  .formatted(home.data(), String.join(", ", names))
              + " a backup, or remove the node from the cluster and join anew");
    }
  }

  private boolean isEmpty() throws IOException {
    return names("metadata").isEmpty()
        && names("0").isEmpty()
        && names("open-").isEmpty()
        && names("snapshot-").isEmpty();
  }

  private List<String> names(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(home.data())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private void checkMark() throws IOException, Refusal {
    List<String> lines = Files.readAllLines(home.mark());
    if (!lines.equals(markLines())) {
      throw new Refusal(
          "the database in %s belongs to node %s, and this is node %s"
              .formatted(
                  home.folder(), String.join(" at ", lines), String.join(" at ", markLines())));
    }
  }

  private List<String> markLines() {
    return List.of(Long.toString(settings.id()), settings.address());
  }
}

package io.kneard.dqlite.node;

import io.kneard.dqlite.NodeHome;
import io.kneard.dqlite.NodeSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final NodeSettings settings;
  private final NodeHome home;

  private OwnedHome(NodeSettings settings, NodeHome home) {
    this.settings = settings;
    this.home = home;
  }

  /**
   * Takes the home and looks whether a node may start on it.
   *
   * @throws IOException also if another process owns it
   * @throws Refusal if its data are another node's, missing or damaged
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
        // Not a refusal: after a crash the last node may need a moment more to be gone.
        throw new IOException(
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
    Optional<Mark> mark = Mark.read(home.mark());
    if (mark.isPresent() && !mark.get().isOf(settings)) {
      throw new Refusal(
          "the database in %s belongs to node %s, and this is node %s"
              .formatted(home.folder(), mark.get(), Mark.of(settings, false)));
    }
    refuseSetAside();
    if (hasData()) {
      LogFiles.check(home.data());
    } else if (mark.isPresent() ? mark.get().hadData() : !settings.fresh()) {
      throw new Refusal(
          "the database folder "
              + home.data()
              + " is empty, and was not before: restore it, or remove the node from the cluster"
              + " and join anew");
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
    Mark.of(settings, hasData()).write(home.mark());
  }

  /** A node that is not a member yet has no data; it is noted as soon as it has. */
  void noteWhenDataCome() {
    try {
      while (!hasData()) {
        NodeThreads.rest(LOOK_EVERY);
      }
      Mark.of(settings, true).write(home.mark());
    } catch (IOException e) {
      // It is noted at the next start.
    }
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

  /** Whether there is a log or a snapshot; a spare has neither. */
  private boolean hasData() throws IOException {
    return !names("0").isEmpty() || !names("open-").isEmpty() || !names("snapshot-").isEmpty();
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
}

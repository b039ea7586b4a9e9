package io.kneard.control;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that the control socket is. A lock file beside it ({@code .lock}) holds off a second
 * daemon; the socket is made in a folder that nobody else can enter, gets its group and mode there
 * and is then moved into place, so that it is never open wider than it should be.
 */
final class ControlSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

  /** The kernel takes 107 bytes (unix(7)), the JDK, with which kneardctl connects, only 106. */
  private static final int LONGEST_PATH = 106;

  private static final int BACKLOG = 64;

  private final Path path;
  private final FileChannel lockFile;
  private final UnixServerSocketChannel channel;
  private final Callers callers;
  private final Object fileKey;

  private ControlSocket(
      Path path, FileChannel lockFile, UnixServerSocketChannel channel, Callers callers)
      throws IOException {
    this.path = path;
    this.lockFile = lockFile;
    this.channel = channel;
    this.callers = callers;
    this.fileKey = fileKey(path);
  }

  /**
   * Makes the socket and listens on it.
   *
   * @param group whose members may use it; if it does not exist, nobody but the own user and root
   *     may
   * @throws IOException that names the path and what is wanted: it is too long, something else is
   *     there, or a daemon is using it
   */
  static ControlSocket open(Path path, String group) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    checkLength(absolute);
    Files.createDirectories(absolute.getParent(), permissions("rwxr-xr-x"));
    FileChannel lock = lock(absolute);
    try {
      checkPlace(absolute);
      return create(absolute, group, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  UnixServerSocketChannel channel() {
    return channel;
  }

  Callers callers() {
    return callers;
  }

  /** Stops listening; removes the file if it is still this socket's. */
  @Override
  public void close() {
    try (lockFile;
        channel) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && fileKey.equals(fileKey(path))) {
        Files.delete(path);
      }
    } catch (IOException e) {
      LOG.warn("control socket {} was not removed: {}", path, e.toString());
    }
  }

  private static void checkLength(Path path) throws IOException {
    int length = Math.max(bytes(path), bytes(nursery(path).resolve("s")));
    if (length > LONGEST_PATH) {
      throw new IOException(
          "control socket %s: the path has %d bytes: at most %d, a limit of Unix sockets"
              .formatted(path, length, LONGEST_PATH));
    }
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(
            path.resolveSibling(path.getFileName() + ".lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            permissions("rw-------"));
    if (!tryLock(file)) {
      file.close();
      throw alreadyRunning(path, LiveSocket.at(path).orElse(LiveSocket.UNKNOWN));
    }
    return file;
  }

  private static boolean tryLock(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this same process
    }
  }

  /** With the lock held, what is there is either left over or none of ours. */
  private static void checkPlace(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!LiveSocket.isSocket(path)) {
      throw new IOException(
          "control socket %s: something that is not a socket is there: move it away"
              .formatted(path));
    }
    Optional<LiveSocket> live = LiveSocket.at(path);
    if (live.isPresent()) {
      throw alreadyRunning(path, live.get());
    }
  }

  private static IOException alreadyRunning(Path path, LiveSocket live) {
    return new IOException("already running, %s: control socket %s".formatted(live, path));
  }

  private static ControlSocket create(Path path, String group, FileChannel lock)
      throws IOException {
    Path nursery = nursery(path);
    Path newborn = nursery.resolve("s");
    Files.deleteIfExists(newborn); // left over by a start that was cut short
    Files.deleteIfExists(nursery);
    Files.createDirectory(nursery, permissions("rwx------"));
    UnixServerSocketChannel channel = UnixServerSocketChannel.open();
    try {
      channel.socket().bind(new UnixSocketAddress(newborn.toString()), BACKLOG);
      OptionalLong gid = giveTo(newborn, group);
      Callers callers = new Callers(id(newborn, "unix:uid"), gid);
      Files.move(newborn, path, StandardCopyOption.ATOMIC_MOVE);
      return new ControlSocket(path, lock, channel, callers);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    } finally {
      Files.deleteIfExists(newborn);
      Files.deleteIfExists(nursery);
    }
  }

  /** A folder beside the socket with a short name that only this socket uses. */
  private static Path nursery(Path path) {
    int hash = path.getFileName().toString().hashCode() & 0xfffff;
    return path.resolveSibling("." + Integer.toString(hash, 36));
  }

  /** Returns the group's number; empty if the socket stays with the own user. */
  private static OptionalLong giveTo(Path socket, String group) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(socket, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    try {
      GroupPrincipal principal =
          socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
      view.setGroup(principal);
    } catch (IOException e) {
      LOG.warn(
          "control socket: group {} does not exist or is not this user's ({}): only root and the"
              + " daemon's user may use the socket",
          group,
          e.toString());
      Files.setPosixFilePermissions(socket, mode("rw-------"));
      return OptionalLong.empty();
    }
    Files.setPosixFilePermissions(socket, mode("rw-rw----"));
    return OptionalLong.of(id(socket, "unix:gid"));
  }

  private static long id(Path path, String attribute) throws IOException {
    return Integer.toUnsignedLong(
        (Integer) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS));
  }

  private static Object fileKey(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  private static Set<PosixFilePermission> mode(String text) {
    return PosixFilePermissions.fromString(text);
  }

  private static java.nio.file.attribute.FileAttribute<Set<PosixFilePermission>> permissions(
      String text) {
    return PosixFilePermissions.asFileAttribute(mode(text));
  }
}

package io.kneard.drbd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Backing volumes as sparse files on loop devices. The file's name holds the replica's id, which is
 * the mark; the folder is this program's own.
 */
final class FileStorage implements Storage {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Pool.Files pool;
  private final Tools tools;

  FileStorage(Pool.Files pool, Tools tools) {
    this.pool = pool;
    this.tools = tools;
  }

  @Override
  public Optional<Backing> find(Replica replica) throws StorageProblem, InterruptedException {
    Path file = file(replica);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Optional<String> device = device(file);
    if (device.isEmpty()) {
      run(Command.of(Tool.LOSETUP, Command.SHORT, "--find", "--nooverlap", file));
      device = device(file);
    }
    String path =
        device.orElseThrow(() -> new StorageProblem(file + ": no loop device could be had"));
    return Optional.of(new Backing(path, size(file)));
  }

  @Override
  public void create(Replica replica, long bytes) throws StorageProblem {
    Path file = file(replica);
    try {
      Files.createDirectories(
          pool.folder(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      if (free() < bytes) {
        throw new StorageProblem(
            "pool %s: %d bytes are free, %d are wanted".formatted(pool.name(), free(), bytes));
      }
      Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
          .close();
      resize(file, bytes);
    } catch (IOException e) {
      throw new StorageProblem("pool %s: cannot make %s: %s".formatted(pool.name(), file, e), e);
    }
  }

  @Override
  public void grow(Replica replica, long bytes) throws StorageProblem, InterruptedException {
    Path file = file(replica);
    Optional<Backing> now = find(replica);
    if (now.isEmpty()) {
      throw new StorageProblem(file + " is gone");
    }
    if (now.get().size() >= bytes) {
      return;
    }
    try {
      resize(file, bytes);
    } catch (IOException e) {
      throw new StorageProblem("pool %s: cannot grow %s: %s".formatted(pool.name(), file, e), e);
    }
    run(Command.of(Tool.LOSETUP, Command.SHORT, "--set-capacity", now.get().path()));
  }

  @Override
  public void remove(Replica replica) throws StorageProblem, InterruptedException {
    Path file = file(replica);
    Optional<String> device = device(file);
    if (device.isPresent()) {
      run(Command.of(Tool.LOSETUP, Command.SHORT, "--detach", device.get()));
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StorageProblem("pool %s: cannot remove %s: %s".formatted(pool.name(), file, e), e);
    }
  }

  @Override
  public long free() throws StorageProblem {
    try {
      Path there = pool.folder().toAbsolutePath();
      while (!Files.exists(there)) {
        there = there.getParent(); // the folder is made with the first disk
      }
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      throw new StorageProblem("pool %s: %s".formatted(pool.name(), e), e);
    }
  }

  private Optional<String> device(Path file) throws StorageProblem, InterruptedException {
    Ran ran =
        run(
            Command.of(
                Tool.LOSETUP,
                Command.SHORT,
                "--list",
                "--json",
                "--output",
                "NAME,BACK-FILE",
                "--associated",
                file));
    if (ran.out().isBlank()) {
      return Optional.empty();
    }
    try {
      JsonNode first = MAPPER.readTree(ran.out()).path("loopdevices").path(0);
      return first.path("back-file").asText().equals(file.toString())
          ? Optional.of(first.path("name").asText())
          : Optional.empty();
    } catch (IOException e) {
      throw new StorageProblem("losetup: unreadable answer", e);
    }
  }

  private static long size(Path file) throws StorageProblem {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new StorageProblem("%s: %s".formatted(file, e), e);
    }
  }

  private static void resize(Path file, long bytes) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      if (opened.length() < bytes) {
        opened.setLength(bytes);
      }
    }
  }

  private Ran run(Command command) throws StorageProblem, InterruptedException {
    Ran ran = tools.run(command);
    if (!ran.succeeded()) {
      throw new StorageProblem("pool %s: %s".formatted(pool.name(), ran.problem(command)));
    }
    return ran;
  }

  private Path file(Replica replica) {
    return pool.folder().resolve(replica.volume() + "." + replica.deviceId() + ".disk");
  }
}

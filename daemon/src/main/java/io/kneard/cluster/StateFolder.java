package io.kneard.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.kneard.dqlite.NodeHome;
import io.kneard.tls.Identity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a host keeps of its cluster. A host without {@code member.yaml} is in none.
 *
 * <pre>
 * folder/               mode 0700
 *   lock                locked while a daemon, or a recovery, has the folder
 *   member.yaml         who this member is; written last
 *   server.crt, .key    this member's certificate
 *   cluster.crt, .key   the cluster's, the same on every member
 *   *.next              a certificate and its key, while they are being put in place
 *   truststore/         NAME.yaml for each member
 *   trusted.pem         the same for the database's process
 *   first-start         there until the database has begun
 *   database/           see {@link NodeHome}
 *   database-identity   which database it is
 *   recovery.yaml       put there by hand, see {@link RecoveryArchive}
 *   recovery-begun      there until a recovery has ended
 *   backups/
 * </pre>
 *
 * @param folder the folder itself
 */
record StateFolder(Path folder) {
  static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
                  .build())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private static final String NEXT = ".next";

  /**
   * Who a member is.
   *
   * @param address of its API
   * @param nodeId of its database node
   * @param nodeAddress of its database node
   */
  record Self(String name, String address, long nodeId, String nodeAddress) {}

  Optional<Self> self() throws IOException {
    Path file = folder.resolve("member.yaml");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(YAML.readValue(Files.readString(file), Self.class));
    } catch (IOException e) {
      throw new IOException(
          "%s: cannot be read; name, address, node_id and node_address are wanted".formatted(file),
          e);
    }
  }

  /** Makes the folder with all that a start needs; {@code member.yaml} last. */
  void found(Self self, Identity server, Identity cluster) throws IOException {
    make();
    write("server.crt", Certificates.pem(server.certificate()));
    write("server.key", Certificates.keyPem(server));
    write("cluster.crt", Certificates.pem(cluster.certificate()));
    write("cluster.key", Certificates.keyPem(cluster));
    write("first-start", "");
    write("member.yaml", YAML.writeValueAsString(self));
  }

  boolean isThere() {
    return Files.isDirectory(folder);
  }

  void make() throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  Identity server() throws IOException {
    finish("server");
    return Certificates.read(serverCertificate(), serverKey());
  }

  Identity cluster() throws IOException {
    finish("cluster");
    return Certificates.read(folder.resolve("cluster.crt"), folder.resolve("cluster.key"));
  }

  void server(Identity identity) throws IOException {
    exchange("server", identity);
  }

  void cluster(Identity identity) throws IOException {
    exchange("cluster", identity);
  }

  /** Both files or none: a key beside the certificate of another is of no use. */
  private void exchange(String name, Identity identity) throws IOException {
    write(name + NEXT, Certificates.pem(identity.certificate()) + Certificates.keyPem(identity));
    finish(name);
  }

  /** Ends what was begun, now or by a daemon that did not get to its end. */
  private void finish(String name) throws IOException {
    Path next = folder.resolve(name + NEXT);
    if (Files.exists(next)) {
      String both = Files.readString(next);
      int key = both.indexOf("-----BEGIN PRIVATE KEY");
      if (key < 1) {
        throw new IOException(next + ": a certificate and its key are wanted");
      }
      write(name + ".key", both.substring(key));
      write(name + ".crt", both.substring(0, key));
      Files.delete(next);
    }
  }

  Path serverCertificate() {
    return folder.resolve("server.crt");
  }

  Path serverKey() {
    return folder.resolve("server.key");
  }

  Path trustStore() {
    return folder.resolve("truststore");
  }

  Path trustedPem() {
    return folder.resolve("trusted.pem");
  }

  /** Whether the database has never run here. */
  boolean firstStart() {
    return Files.exists(folder.resolve("first-start"));
  }

  void hasStarted() throws IOException {
    Files.deleteIfExists(folder.resolve("first-start"));
  }

  NodeHome database() {
    return new NodeHome(folder.resolve("database"));
  }

  Path identity() {
    return folder.resolve("database-identity");
  }

  Path backups() {
    return folder.resolve("backups");
  }

  Path archive() {
    return folder.resolve("recovery.yaml");
  }

  /** There from the first change that a recovery makes until the last. */
  Path recoveryBegun() {
    return folder.resolve("recovery-begun");
  }

  /** Moves the database to the backups, and forgets whom this host trusts. */
  void setAside(Instant now) throws IOException {
    Path place = makeAside("set-aside", now);
    if (Files.isDirectory(database().folder())) {
      Files.move(database().folder(), place.resolve("database"), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.deleteIfExists(identity());
    if (Files.isDirectory(trustStore())) {
      deleteAllIn(trustStore(), file -> true);
    }
  }

  /** Makes a folder for a copy that is never removed by itself. */
  Path makeAside(String what, Instant now) throws IOException {
    FileAttribute<?> owner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(backups(), owner);
    return Files.createDirectory(
        backups().resolve(what + "-" + now.truncatedTo(ChronoUnit.MILLIS).toString()), owner);
  }

  /** Removes all of it but the backups; {@code member.yaml} first. */
  void clear() throws IOException {
    Files.deleteIfExists(folder.resolve("member.yaml"));
    if (!Files.isDirectory(folder)) {
      return;
    }
    deleteAllIn(
        folder,
        file -> !file.startsWith(backups()) && !file.equals(folder.resolve(FolderLock.NAME)));
  }

  private static void deleteAllIn(Path folder, Predicate<Path> which) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst =
          all.filter(file -> !file.equals(folder) && which.test(file))
              .sorted(Comparator.reverseOrder())
              .toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    }
  }

  void write(String name, String text) throws IOException {
    replace(folder.resolve(name), text);
  }

  /** A file of its owner's, complete and on the disk before it has its name. */
  static void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
    sync(fresh, StandardOpenOption.WRITE);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(file.getParent(), StandardOpenOption.READ);
  }

  /** Puts a file or folder, with its name, on the disk. */
  static void sync(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}

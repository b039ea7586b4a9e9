package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups, and databases made from them. */
class BackupIT {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration BOUND = Duration.ofSeconds(60);

  @TempDir Path folder;
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    node = TestNode.alone().awaitRunning();
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
  }

  private Path backUp(Backups backups, Instant now) throws DqliteException, IOException {
    try (Connection connection = node.open()) {
      return backups.take(connection.cluster(), now);
    }
  }

  private long restore(Path file, TestNode target) throws IOException, InterruptedException {
    return NodeTools.restore(
        file, target.node().socket(), target.settings().address(), TestNode.DATABASE, BOUND);
  }

  private void fill(DqliteClient client) throws DqliteException {
    client.execute("CREATE TABLE \"odd \"\"name\" (i INTEGER PRIMARY KEY AUTOINCREMENT, v, w)");
    client.execute("CREATE TABLE pairs (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID");
    client.execute("CREATE TABLE computed (a INTEGER, b INTEGER AS (a * 2) STORED)");
    client.execute("CREATE UNIQUE INDEX by_v ON \"odd \"\"name\" (v)");
    client.execute("CREATE VIEW seen AS SELECT v FROM \"odd \"\"name\"");
    client.execute(
        "CREATE TRIGGER copy AFTER INSERT ON pairs BEGIN INSERT INTO computed VALUES (1); END");
    client.transaction(
        session -> {
          for (Object value : new Object[] {1, 2.5, "text é", new byte[] {0, 1, -1}, null}) {
            session.execute("INSERT INTO \"odd \"\"name\" (v, w) VALUES (?, ?)", value, "x");
          }
          session.execute("DELETE FROM \"odd \"\"name\" WHERE i = 5");
          session.execute("INSERT INTO pairs VALUES ('a', 'b')");
          return null;
        });
    client.execute("PRAGMA user_version = 42");
  }

  private static List<Row> everything(DqliteClient client) throws DqliteException {
    return Stream.of(
            client.query("SELECT * FROM \"odd \"\"name\" ORDER BY i"),
            client.query("SELECT * FROM pairs"),
            client.query("SELECT a, b FROM computed"),
            client.query("SELECT type, name FROM sqlite_master ORDER BY type, name"),
            client.query("SELECT * FROM sqlite_sequence"),
            client.query("PRAGMA user_version"))
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void aBackupMakesTheSameDatabaseAgain() throws Exception {
    List<Row> before;
    try (DqliteClient client = node.client()) {
      fill(client);
      before = everything(client);
    }
    Backups backups = new Backups(folder, TestNode.DATABASE, 7);
    Path backup = backUp(backups, NOON);

    try (TestNode fresh = TestNode.alone().awaitRunning();
        DqliteClient client = fresh.client()) {
      assertThat(restore(backups.file(backup), fresh)).isEqualTo(6);
      assertThat(everything(client)).isEqualTo(before);
    }
    assertThat(backup).isDirectoryNotContaining(file -> file.toString().contains("restoring"));
  }

  @Test
  void aBackupIsAFileThatSqliteItselfReads() throws Exception {
    try (DqliteClient client = node.client()) {
      client.execute("CREATE TABLE t (n INTEGER)");
      client.execute("INSERT INTO t VALUES (?)", 7);
    }
    Backups backups = new Backups(folder, TestNode.DATABASE, 7);
    Path backup = backUp(backups, NOON);

    byte[] start = Files.readAllBytes(backups.file(backup));
    assertThat(new String(start, 0, 15, StandardCharsets.US_ASCII)).isEqualTo("SQLite format 3");
  }

  @Test
  void aBackupLargerThanTheMemoryForAMessageIsWritten() throws Exception {
    try (DqliteClient client = node.client()) {
      client.execute("CREATE TABLE t (b BLOB)");
      for (int i = 0; i < 40; i++) {
        client.execute("INSERT INTO t VALUES (zeroblob(?))", 1 << 19);
      }
    }
    Backups backups = new Backups(folder, TestNode.DATABASE, 7);
    Path backup = backUp(backups, NOON);

    try (TestNode fresh = TestNode.alone().awaitRunning();
        DqliteClient client = fresh.client()) {
      assertThat(restore(backups.file(backup), fresh)).isEqualTo(40);
      assertThat(client.query("SELECT sum(length(b)) FROM t").get(0).whole(0)).isEqualTo(40L << 19);
    }
  }

  @Test
  void onlyTheNewestBackupsAreKept() throws Exception {
    try (DqliteClient client = node.client()) {
      client.execute("CREATE TABLE t (n INTEGER)");
    }
    Backups backups = new Backups(folder.resolve("all"), TestNode.DATABASE, 2);
    assertThat(backups.newest()).isEmpty();
    for (int day = 0; day < 4; day++) {
      backUp(backups, NOON.plus(Duration.ofDays(day)));
    }
    assertThat(backups.all())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("backup-20260303T120000Z", "backup-20260304T120000Z");
    assertThat(backups.newest()).contains(NOON.plus(Duration.ofDays(3)));
  }

  @Test
  void aBackupThatWasCutShortIsNotOne() throws Exception {
    try (DqliteClient client = node.client()) {
      client.execute("CREATE TABLE t (n INTEGER)");
    }
    Backups backups = new Backups(folder.resolve("all"), TestNode.DATABASE, 2);
    backUp(backups, NOON);
    Path cut = Files.createDirectory(backups.folder().resolve("unfinished-20260302T120000Z"));
    Files.writeString(cut.resolve(TestNode.DATABASE), "half");

    assertThat(backups.all()).hasSize(1);
    backUp(backups, NOON.plusSeconds(1));
    assertThat(cut).doesNotExist();
  }

  @Test
  void aDamagedBackupIsRefusedAndChangesNothing() throws Exception {
    try (DqliteClient client = node.client()) {
      client.execute("CREATE TABLE t (s TEXT)");
      client.execute("CREATE INDEX i ON t (s)");
      for (int i = 0; i < 50; i++) {
        client.execute("INSERT INTO t VALUES (?)", "row " + i + "x".repeat(200));
      }
    }
    Backups backups = new Backups(folder, TestNode.DATABASE, 7);
    Path file = backups.file(backUp(backups, NOON));
    Path log = file.resolveSibling(TestNode.DATABASE + "-wal");
    damage(Files.size(log) > Files.size(file) ? log : file);
    damage(file);

    try (TestNode fresh = TestNode.alone().awaitRunning();
        DqliteClient client = fresh.client()) {
      assertRefused(() -> restore(file, fresh), "the backup is damaged");
      assertThat(client.query("SELECT * FROM sqlite_master")).isEmpty();
    }
  }

  private static void damage(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    for (int i = 0; i < content.length; i += 97) {
      content[i] ^= 0x55;
    }
    Files.write(file, content);
  }

  @Test
  void aDatabaseThatIsNotEmptyIsNotMixedWithABackup() throws Exception {
    try (DqliteClient client = node.client()) {
      client.execute("CREATE TABLE t (n INTEGER)");
    }
    Backups backups = new Backups(folder, TestNode.DATABASE, 7);
    Path file = backups.file(backUp(backups, NOON));

    assertRefused(() -> restore(file, node), "not empty");
  }

  @Test
  void aBackupThatIsNotThereYetIsNoRefusal() throws Exception {
    assertThat(catchThrowableOfType(ToolFailed.class, () -> restore(folder.resolve("no"), node)))
        .extracting(ToolFailed::kind)
        .isEqualTo(ToolFailed.Kind.FAILED);
  }

  private static void assertRefused(ThrowingCallable asked, String why) {
    assertThat(catchThrowableOfType(ToolFailed.class, asked))
        .hasMessageContaining(why)
        .extracting(ToolFailed::kind)
        .isEqualTo(ToolFailed.Kind.REFUSED);
  }
}

package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is not the one it was is noticed. */
class IdentityIT {
  @TempDir Path folder;
  private TestNode node;
  private DqliteClient client;

  @BeforeEach
  void start() throws IOException {
    node = TestNode.alone().awaitRunning();
    client = node.client();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    node.close();
  }

  private DatabaseIdentity.Look look() throws DqliteException, IOException {
    return new DatabaseIdentity(client, folder.resolve("identity")).look();
  }

  private static DatabaseIdentity.Mark same(DatabaseIdentity.Look look) {
    assertThat(look).isInstanceOf(DatabaseIdentity.Look.Same.class);
    return ((DatabaseIdentity.Look.Same) look).mark();
  }

  @Test
  void theSameDatabaseIsKnownAgain() throws Exception {
    DatabaseIdentity.Mark first = same(look());
    node.killAndAwaitRestart();
    assertThat(same(look())).isEqualTo(new DatabaseIdentity.Mark(first.name(), first.looks() + 1));
  }

  @Test
  void aDatabaseThatBeganAnewIsNoticed() throws Exception {
    look();
    client.execute("DROP TABLE dqlite_identity");

    assertThat(look()).isInstanceOf(DatabaseIdentity.Look.Other.class);
    assertThat(look().toString()).contains("is empty");
  }

  @Test
  void anotherDatabaseIsNoticed() throws Exception {
    String name = same(look()).name();
    Files.write(folder.resolve("identity"), List.of("another", "1"));

    assertThat(look().toString()).contains(name, "was another");
  }

  @Test
  void anOlderStateOfTheDatabaseIsNoticed() throws Exception {
    DatabaseIdentity.Mark mark = same(look());
    Files.write(folder.resolve("identity"), List.of(mark.name(), "5"));

    assertThat(look().toString()).contains("lost its end", "was 5");
  }
}

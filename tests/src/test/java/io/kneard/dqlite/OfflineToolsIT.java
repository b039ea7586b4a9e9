package io.kneard.dqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.dqlite.node.RecoverMain;
import io.kneard.dqlite.node.RestoreMain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs for a backup and for a lost quorum, called with what is not as it has to be. */
class OfflineToolsIT {
  @TempDir private Path folder;

  private record Said(int status, String line) {}

  private static Said run(Class<?> program, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = NodeProgram.of(program, List.of(), arguments).start();
    try (InputStream in = process.getInputStream()) {
      process.getOutputStream().close();
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Said(process.exitValue(), lines.get(lines.size() - 1));
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                 | 0 arguments: 5 are wanted",
        "/b /s 10.0.0.1:9444 cluster 5 more | 6 arguments: 5 are wanted",
        "/b /s nowhere cluster 5            | address = 'nowhere': host:port is wanted",
        "/b /s 10.0.0.1:9444 cluster soon   | seconds = 'soon': 1 to 999999 are wanted",
        "/b /s 10.0.0.1:9444 cluster 0      | seconds = '0': 1 to 999999 are wanted",
      })
  void aRestoreThatIsAskedForWronglySaysWhatIsWanted(String arguments, String why)
      throws Exception {
    Said said = run(RestoreMain.class, words(arguments));
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.line())
        .isEqualTo(
            "refused %s; arguments: RestoreMain BACKUP-FILE SOCKET HOST:PORT DATABASE SECONDS [replace]"
                .formatted(why));
  }

  @Test
  void aBackupThatIsNoneIsRefusedAndOneThatIsNotThereIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("backup"), "no database, only some words");
    String rest = " /nobody 10.0.0.1:9444 cluster 5";
    Said none = run(RestoreMain.class, words(file + rest));
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.line()).startsWith("refused the backup is damaged: ");
    Said missing = run(RestoreMain.class, words(folder.resolve("gone") + rest));
    assertThat(missing).isEqualTo(new Said(1, "failed " + folder + "/gone: no such file"));
    assertThat(folder).as("nothing is left behind").isDirectoryContaining(file::equals);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                   | member '': id@address@role is wanted",
        "3@10.0.0.1:9444      | member '3@10.0.0.1:9444': id@address@role is wanted",
        "x@10.0.0.1:9444@0    | member 'x@10.0.0.1:9444@0': id@address@role is wanted, with numbers",
        "3@10.0.0.1:9444@7    | role",
        "3@10.0.0.1:9444@0    | argument id is missing",
        "3@10.0.0.1:9444@0 id | argument 'id': name=value is wanted",
      })
  void aRecoveryThatIsAskedForWronglySaysWhatIsWanted(String arguments, String why)
      throws Exception {
    Said said = run(RecoverMain.class, words(arguments));
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.line())
        .startsWith("refused ")
        .contains(why, "; arguments: RecoverMain ID@HOST:PORT@ROLE,... id=ID");
  }

  @Test
  void aFolderThatIsNotThereIsNotRecovered() throws Exception {
    Path home = folder.resolve("home");
    Said said =
        run(
            RecoverMain.class,
            words(
                "3@10.0.0.1:9444@0 id=3 address=10.0.0.1:9444 home=%s fresh=false latency-ms=20 failure-domain=0"
                    .formatted(home)));
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.line()).startsWith("refused ").contains(home.toString());
    assertThat(home.resolve("data")).doesNotExist();
  }
}

package io.kneard.neard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kneard.neard.PlannedStop.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownFilesTest {
  private static final String CONFIG = "{\n  // mine\n  \"rpc\": {}\n}\n";

  @TempDir Path home;
  private ShutdownFiles files;

  @BeforeEach
  void aHome() throws IOException {
    files = new ShutdownFiles(home);
    Files.writeString(home.resolve("config.json"), CONFIG);
  }

  @Test
  void aHeightComesAndGoesInTheFileOfTheBuild() throws IOException {
    files.plan(Form.CONFIG, 77);
    assertThat(text("config.json")).contains("\"expected_shutdown\": 77");
    assertThat(home.resolve("dyn_config.json")).doesNotExist();
    files.forget();
    assertThat(text("config.json")).isEqualTo(CONFIG);

    files.plan(Form.DYN_CONFIG, 78);
    assertThat(text("config.json")).isEqualTo(CONFIG);
    assertThat(text("dyn_config.json")).contains("\"expected_shutdown\": 78");
    files.forget();
    assertThat(text("dyn_config.json")).doesNotContain("expected_shutdown");
  }

  @Test
  void whatElseAnOperatorHasInThereStays() throws IOException {
    Files.writeString(home.resolve("dyn_config.json"), "{ \"mine\": 1 }");
    files.plan(Form.DYN_CONFIG, 78);
    files.forget();
    assertThat(text("dyn_config.json").replaceAll("\\s", "")).isEqualTo("{\"mine\":1}");
  }

  @Test
  void aBrokenFileThatHasNoHeightIsNobodysConcern() throws IOException {
    Files.writeString(home.resolve("dyn_config.json"), "{ broken");
    files.forget();
    assertThat(text("dyn_config.json")).isEqualTo("{ broken");
    Files.writeString(home.resolve("dyn_config.json"), "{ \"expected_shutdown\": 5, broken");
    assertThatThrownBy(files::forget).hasMessageContaining("dyn_config.json: line 1");
  }

  private String text(String name) throws IOException {
    return Files.readString(home.resolve(name));
  }
}

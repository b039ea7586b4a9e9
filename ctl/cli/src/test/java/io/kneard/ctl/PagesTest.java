package io.kneard.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.ctl.api.Problem;
import io.kneard.ctl.api.Routes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the pages of documentation must not forget. */
class PagesTest {

  private static String page(String name) throws IOException {
    return Files.readString(Path.of("../../docs").resolve(name));
  }

  private static List<String> constants(Class<?> type) throws IllegalAccessException {
    List<String> constants = new ArrayList<>();
    for (Field field : type.getFields()) {
      constants.add((String) field.get(null));
    }
    return constants;
  }

  @Test
  void thePageOfTheApiNamesEveryRouteAndEveryCode() throws Exception {
    String page = page("control-api.md");
    assertThat(constants(Routes.class)).isNotEmpty().allMatch(route -> page.contains(route + "`"));
    assertThat(constants(Problem.class))
        .isNotEmpty()
        .allMatch(code -> page.contains("`" + code + "`"));
  }

  @Test
  void thePageOfTheCommandLineNamesEveryCommandAndExitCode() throws IOException {
    String page = page("kneardctl.md");
    for (ExitCode code : ExitCode.values()) {
      assertThat(page.replace("`", "")).contains("| " + code.code() + " | " + code.meaning());
    }
    for (CommandLine command : Kneardctl.commandLine().getSubcommands().values()) {
      assertThat(page).contains("`" + command.getCommandName());
    }
  }
}

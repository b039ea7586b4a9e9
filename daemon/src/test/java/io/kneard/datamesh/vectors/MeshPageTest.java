package io.kneard.datamesh.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.kneard.datamesh.plan.Guard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page for operators says what the code does. */
class MeshPageTest {
  private final String page;

  MeshPageTest() throws IOException {
    page = Files.readString(Path.of("../docs/datamesh.md"));
  }

  @Test
  void theTableOfPlansIsTheCodes() {
    assertThat(page).contains(MeshPage.plans());
  }

  @Test
  void theTableOfGuardsIsTheCodes() {
    assertThat(page).contains(MeshPage.guards());
  }

  @Test
  void theListOfDifferencesIsTheComparisons() {
    assertThat(page).contains(MeshPage.differences());
  }

  @ParameterizedTest
  @EnumSource(Guard.class)
  void everyBlockedMessageHasARowThatSaysWhatToDo(Guard guard) {
    String messages = page.substring(page.indexOf("## Blocked, and what to do"));
    assertThat(messages).contains("| " + guard.title() + " |");
  }
}
